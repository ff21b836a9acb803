import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { fileURLToPath } from 'node:url'
import { startChild, type Child } from '@conclave/dev-stack/child'
import { freePort } from '@conclave/dev-stack/ports'
import { v7 as uuidv7 } from 'uuid'
import { createHttp } from '../load/http.ts'
import { openSocketIoSocket } from '../subscribers/socketio-socket.ts'
import { gatherAudience } from './audience.ts'
import type { Contestant, Posted } from './contestant.ts'
import { storedInOrder } from './stored-in-order.ts'

const HEADERS = { 'content-type': 'application/json' }
const CONNECTIONS = 512

export interface SocketIo extends Contestant {
  readonly origin: string
  kill: () => Promise<void>
  start: () => Promise<void>
}

/** The plain chat on Socket.IO and SQLite, with the durability that its SQLite is set to. */
export async function startSocketIo(
  synchronous: 'NORMAL' | 'FULL',
  folder: string,
): Promise<SocketIo> {
  const file = join(folder, `socketio-${synchronous.toLowerCase()}.sqlite`)
  const port = await freePort()
  let child: Child | undefined
  async function start(): Promise<void> {
    child = await startChild({
      name: 'The Socket.IO chat',
      entry: fileURLToPath(new URL('../peers/socketio-server.ts', import.meta.url)),
      env: { STACK_OPTIONS: JSON.stringify({ port, file, synchronous }) },
    })
  }
  await start()
  const origin = `http://localhost:${port}`
  const http = createHttp(origin, CONNECTIONS)
  let acknowledged: Posted[] = []

  return {
    name: synchronous === 'NORMAL' ? 'socketio-normal' : 'socketio-full',
    origin,
    start,
    kill: async () => child?.kill(),
    pid: () => child?.pid ?? 0,
    prepare: async () => undefined,
    async post(client, room, text) {
      const id = uuidv7()
      const body = JSON.stringify({ id, author: `person ${client}`, text })
      const answer = await http.send('POST', `/rooms/${room}/messages`, HEADERS, body)
      if (answer.status !== 201) throw new Error(`The Socket.IO chat answered ${answer.status}`)
      const { seq } = JSON.parse(answer.text) as { seq: number }
      const posted = { id, room, client, text, seq }
      acknowledged.push(posted)
      return posted
    },
    settle: async () => undefined,
    listen: async (size, room) =>
      gatherAudience(
        size,
        () =>
          ({ onReady, onEvent, onClose }) =>
            openSocketIoSocket(origin, String(room), { onJoined: onReady, onEvent, onClose }),
        (frame) => (JSON.parse(frame.toString().slice(2)) as [string, { id: string }])[1].id,
      ),
    async audit() {
      const posts = acknowledged
      acknowledged = []
      return { acknowledged: posts.length, kept: keptIn(file, posts) }
    },
    close: async () => {
      await http.close()
      await child?.stop()
    },
  }
}

function keptIn(file: string, posts: readonly Posted[]): number {
  const database = new DatabaseSync(file, { readOnly: true })
  const select = database.prepare('select seq, room, text from messages where id = ?')
  const kept = storedInOrder(posts, (id) => Number(select.get(id)?.['seq']) || undefined)
  database.close()
  return kept
}
