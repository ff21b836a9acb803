import { fileURLToPath } from 'node:url'
import { startChild } from '@conclave/dev-stack/child'
import type { Stack } from '@conclave/dev-stack/stack'
import { v7 as uuidv7 } from 'uuid'
import { createHttp, type Http } from '../load/http.ts'
import { until } from '../load/until.ts'
import { openPusherSocket } from '../subscribers/pusher-socket.ts'
import { gatherAudience } from './audience.ts'
import type { Contestant } from './contestant.ts'

const CHANNEL = 'private-chat'
const HEADERS = { 'content-type': 'application/json' }
const CONNECTIONS = 512

export interface Tutorial extends Contestant {
  readonly http: Http
  authorize(socketId: string): Promise<string>
}

/** The tutorial's server on the same broker. */
export async function startTutorial(stack: Stack): Promise<Tutorial> {
  const child = await startServer(stack)
  const http = createHttp(`http://localhost:${Number(child.facts['port'])}`, CONNECTIONS)
  let acknowledged = 0

  async function authorize(socketId: string): Promise<string> {
    const body = JSON.stringify({ socket_id: socketId, channel_name: CHANNEL })
    const { status, text } = await http.send('POST', '/pusher/auth', HEADERS, body)
    if (status !== 200) throw new Error(`The tutorial refused a channel: ${status}`)
    return (JSON.parse(text) as { auth: string }).auth
  }

  return {
    name: 'tutorial',
    http,
    authorize,
    pid: () => child.pid,
    prepare: async () => undefined,
    async post(client, room, text) {
      const id = uuidv7()
      const body = JSON.stringify({ id, username: `person ${client}`, text })
      const { status } = await http.send('POST', '/message', HEADERS, body)
      if (status !== 200) throw new Error(`The tutorial answered ${status}`)
      acknowledged += 1
      return { id, room, client, text, seq: undefined }
    },
    settle: () => publishingOver(stack),
    listen: async (size) =>
      gatherAudience(
        size,
        () =>
          ({ onReady, onEvent, onClose }) =>
            openPusherSocket(stack.pusher, {
              authorize: async (socketId) => new Map([[CHANNEL, await authorize(socketId)]]),
              onSubscribed: onReady,
              onEvent,
              onClose,
            }),
        (frame) => {
          const { data } = JSON.parse(frame.toString()) as { data: string }
          return (JSON.parse(data) as { id: string }).id
        },
      ),
    async audit() {
      const audit = { acknowledged, kept: 0 }
      acknowledged = 0
      return audit
    },
    close: async () => {
      await http.close()
      await child.stop()
    },
  }
}

function startServer({ pusher: { appId, key, secret, host, port } }: Stack) {
  return startChild({
    name: "The tutorial's server",
    entry: fileURLToPath(new URL('../peers/tutorial-server.ts', import.meta.url)),
    env: {
      STACK_OPTIONS: JSON.stringify({
        port: 0,
        pusher: { appId, key, secret, host, port: String(port), useTLS: false },
      }),
    },
  })
}

/** Its server cannot say what is still on its way, so this waits until the broker counts no further publish. */
async function publishingOver({ pusher: { host, port } }: Stack): Promise<void> {
  let before = -1
  await until('the tutorial has published everything', async () => {
    const response = await fetch(`http://${host}:${port}/__emulator/stats`)
    const { publishes } = (await response.json()) as { publishes: number }
    const isQuiet = publishes === before
    before = publishes
    return isQuiet
  })
}
