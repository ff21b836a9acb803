import { createRequire } from 'node:module'
import { createServer, type AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Call } from '@conclave/shared/client'
import { expect, test } from 'vitest'
import { nodeEnvironment } from '../../node/node-environment.ts'
import { openPusher } from './open-pusher.ts'
import { createReconnectingSocket } from './reconnecting-socket.ts'

/** The real one, by `require` because Vite would take the browser's build; the emulator's package names it. */
const emulator = join(import.meta.dirname, '../../../pusher-emulator/package.json')
const Pusher = createRequire(emulator)('pusher-js') as Parameters<typeof openPusher>[0]['Pusher']

test('a broker that refuses a socket at once is asked again long before pusher-js would', async () => {
  const asked: number[] = []
  let onThird: () => void
  const third = new Promise<void>((resolve) => (onThird = resolve))
  const broker = createServer((socket) => {
    asked.push(performance.now())
    socket.destroy()
    if (asked.length === 3) onThird()
  })
  await new Promise<void>((resolve) => broker.listen(0, '127.0.0.1', resolve))
  const { port } = broker.address() as AddressInfo
  const { clock } = nodeEnvironment
  const socket = openPusher({
    Pusher,
    address: { key: 'key', cluster: '', host: '127.0.0.1', port },
    call: (async () => ({})) as unknown as Call,
    clock,
  })
  let refusals = 0
  const reconnecting = createReconnectingSocket({
    socket,
    clock,
    onOpen: () => undefined,
    onRefused: () => (refusals += 1),
    onChange: () => undefined,
  })
  await third
  reconnecting.close()
  broker.close()
  // Waits of up to one and two seconds. Of itself pusher-js waits 15 s after the first attempt.
  expect(asked.at(-1)! - asked[0]!).toBeLessThan(8_000)
  // Nobody answered, so nothing was learned of my access.
  expect(refusals).toBe(0)
})
