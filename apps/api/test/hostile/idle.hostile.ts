import { once } from 'node:events'
import type { Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startHarness, type Harness } from '../harness.ts'
import { open } from '../raw-socket.ts'

const IDLE = 5_000
const GOOD = 500
const P99_MAX_MS = 500

let harness: Harness

beforeAll(async () => {
  harness = await startHarness()
})
afterAll(async () => harness.close())

test(`${IDLE} idle connections do not slow down active clients`, async ({ task }) => {
  const { token } = await harness.as('alice@example.com')
  const sockets: Socket[] = []
  for (let nth = 0; nth < IDLE; nth += 1) {
    const socket = open(harness.url)
    await once(socket, 'connect')
    sockets.push(socket)
  }
  const waits: number[] = []
  const headers = { authorization: `Bearer ${token}` }
  for (let nth = 0; nth < GOOD; nth += 1) {
    const startedAt = performance.now()
    const { status } = await fetch(`${harness.url}/v1/me`, { headers })
    waits.push(performance.now() - startedAt)
    expect(status).toBe(200)
  }
  for (const socket of sockets) socket.destroy()
  const p99 = waits.toSorted((a, b) => a - b)[Math.floor(GOOD * 0.99)] ?? Infinity
  Object.assign(task.meta, {
    cases: GOOD,
    measured: [`beside ${IDLE} idle connections: p99 ${p99.toFixed(1)} ms of ${GOOD} requests`],
  })
  expect(p99).toBeLessThan(P99_MAX_MS)
})
