import { expect, test } from 'vitest'
import type { PusherEmulator } from '../src/index.ts'
import { clientFor, control, once, serverFor, start } from './stand.ts'

const ROOM = 'private-encrypted-room'
const NUMBERS = Array.from({ length: 10 }, (_, index) => index)

test('POST /__emulator/frames drop: events are lost, and the subscription is not', async () => {
  const emulator = await start()
  await control(emulator, 'frames', { drop: 1 })
  const alice = await listening(emulator)
  await publishNumbers(emulator, NUMBERS)
  await control(emulator, 'frames', {})
  await publishNumbers(emulator, [99])
  await expect.poll(() => alice.heard).not.toHaveLength(0)
  expect(alice.heard).toEqual([99])
  expect(emulator.stats()).toMatchObject({ dropped: 10, deliveries: expect.any(Number) })
})

test('POST /__emulator/frames duplicate: every event comes twice', async () => {
  const emulator = await start()
  const alice = await listening(emulator)
  await control(emulator, 'frames', { duplicate: 1 })
  await publishNumbers(emulator, [1, 2])
  await expect.poll(() => alice.heard.length).toBe(4)
  expect(alice.heard).toEqual([1, 1, 2, 2])
})

test('POST /__emulator/frames reorder: an event comes after the next, and the last one still comes', async () => {
  const emulator = await start()
  const alice = await listening(emulator)
  await control(emulator, 'frames', { reorder: 0.5, seed: 3 })
  await publishNumbers(emulator, NUMBERS)
  await expect.poll(() => alice.heard.length).toBe(NUMBERS.length)
  expect(alice.heard).not.toEqual(NUMBERS)
  expect(alice.heard.toSorted((a, b) => a - b)).toEqual(NUMBERS)
  expect(emulator.stats().reordered).toBeGreaterThan(0)
})

test('the same seed makes the same misfortune, for each subscriber its own', async () => {
  const runs: number[][][] = []
  for (let run = 0; run < 2; run += 1) {
    const emulator = await start()
    const listeners = [await listening(emulator), await listening(emulator)]
    await control(emulator, 'frames', { drop: 0.3, duplicate: 0.3, seed: 11 })
    await publishNumbers(emulator, NUMBERS)
    await control(emulator, 'frames', {})
    await publishNumbers(emulator, [99])
    await expect.poll(() => listeners.every(({ heard }) => heard.includes(99))).toBe(true)
    runs.push(listeners.map(({ heard }) => heard))
  }
  expect(runs[0]).toEqual(runs[1])
  expect(runs[0]?.[0]).not.toEqual(runs[0]?.[1])
})

test('chances that are none are refused, and a reset ends the faults', async () => {
  const emulator = await start()
  expect((await control(emulator, 'frames', { drop: 1.5 })).status).toBe(400)
  expect((await control(emulator, 'frames', { drop: 0.6, duplicate: 0.6 })).status).toBe(400)
  expect((await control(emulator, 'frames', { drop: 1, seed: 'x' })).status).toBe(400)
  expect((await control(emulator, 'frames', { drop: 1 })).status).toBe(200)
  await control(emulator, 'reset', {})
  const alice = await listening(emulator)
  await publishNumbers(emulator, [1])
  await expect.poll(() => alice.heard.length).toBe(1)
})

async function listening(emulator: PusherEmulator): Promise<{ heard: number[] }> {
  const heard: number[] = []
  const room = clientFor(emulator).subscribe(ROOM)
  room.bind('said', ({ number }: { number: number }) => heard.push(number))
  await once(room, 'pusher:subscription_succeeded')
  return { heard }
}

async function publishNumbers(emulator: PusherEmulator, numbers: number[]): Promise<void> {
  const server = serverFor(emulator)
  for (const number of numbers) await server.trigger(ROOM, 'said', { number })
}
