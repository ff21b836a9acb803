import type { Stack } from '@conclave/dev-stack/stack'
import { channelName } from '@conclave/shared/channels'
import type { Message } from '@conclave/shared/messages'
import type postgres from 'postgres'
import { v7 as uuidv7 } from 'uuid'
import { createHttp, type Http } from '../load/http.ts'
import { openPusherSocket } from '../subscribers/pusher-socket.ts'
import { gatherAudience } from './audience.ts'
import { auditConclave } from './conclave-audit.ts'
import type { Audience, Contestant, Posted } from './contestant.ts'
import type { Crowd } from './crowd.ts'
import { until } from '../load/until.ts'
import { createReader } from './encrypted-events.ts'

const CONNECTIONS = 512

/** Conclave as a client sees it, with what our own measures need beyond what every contestant has. */
export interface Conclave extends Contestant {
  readonly stack: Stack
  readonly sql: postgres.Sql
  readonly http: Http
  readonly crowd: Crowd
  readonly roomIds: readonly string[]
  headersOf: (client: number) => Record<string, string>
  /** Signs this channel for this socket; the shared secret lets its owner read it. */
  authorize(
    client: number,
    socketId: string,
    channel: string,
  ): Promise<{ auth: string; shared_secret?: string }>
}

interface Parts {
  stack: Stack
  sql: postgres.Sql
  crowd: Crowd
  roomIds: readonly string[]
}

export function createConclave(parts: Parts): Conclave {
  const { stack, sql, crowd, roomIds } = parts
  const http = createHttp(stack.api, CONNECTIONS)
  let acknowledged: Posted[] = []

  function headersOf(client: number): Record<string, string> {
    return {
      authorization: `Bearer ${crowd.tokenOf(client)}`,
      'content-type': 'application/json',
    }
  }

  async function authorize(client: number, socketId: string, channel: string) {
    const body = JSON.stringify({ socket_id: socketId, channel_name: channel })
    const answer = await http.send('POST', '/pusher/auth', headersOf(client), body)
    if (answer.status !== 200) throw new Error(`The channel was refused: ${answer.status}`)
    return JSON.parse(answer.text) as { auth: string; shared_secret?: string }
  }

  return {
    name: 'conclave',
    ...parts,
    http,
    headersOf,
    authorize,
    pid: () => stack.apiPid,
    prepare: (clients) => crowd.renew(clients),
    async post(client, room, text) {
      const id = uuidv7()
      const path = `/v1/rooms/${roomIds[room]}/messages`
      const answer = await http.send('POST', path, headersOf(client), JSON.stringify({ id, text }))
      if (answer.status !== 201) throw new Error(`A post was answered ${answer.status}`)
      const { seq } = JSON.parse(answer.text) as Message
      const posted = { id, room, client, text, seq }
      acknowledged.push(posted)
      return posted
    },
    settle: () => logPublished(sql),
    listen: (size, room) => listenIn(parts, authorize, size, room),
    async audit() {
      const posts = acknowledged
      acknowledged = []
      return auditConclave(sql, roomIds, crowd, posts)
    },
    close: () => http.close(),
  }
}

async function logPublished(sql: postgres.Sql): Promise<void> {
  await until('everything is published', async () => {
    const [lag] = await sql<{ waiting: number }[]>`
      select count(*)::int as waiting from lagging where consumer = 'relay'`
    return lag?.waiting === 0
  })
}

async function listenIn(
  { stack, crowd, roomIds }: Parts,
  authorize: Conclave['authorize'],
  size: number,
  room: number,
): Promise<Audience> {
  await crowd.renew(size)
  const channel = channelName({ kind: 'room', roomId: roomIds[room] ?? '', epoch: 0 })
  const reader = createReader()
  return gatherAudience(
    size,
    (at) =>
      ({ onReady, onEvent, onClose }) =>
        openPusherSocket(stack.pusher, {
          authorize: async (socketId) => {
            const { auth, shared_secret } = await authorize(at, socketId, channel)
            reader.learn(shared_secret)
            return new Map([[channel, auth]])
          },
          onSubscribed: onReady,
          onEvent,
          onClose,
        }),
    (frame) => reader.read<Message>(frame).id,
  )
}
