import type { Call } from '@conclave/shared/client'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { nodeEnvironment } from '../../node/node-environment.ts'
import { createAuthBatch } from './auth-batch.ts'

const { clock } = nodeEnvironment

type Ask = (
  endpoint: unknown,
  input: { body: { socket_id: string; channel_names: string[] } },
) => Promise<unknown>

const ask = vi.fn<Ask>()
let socket: string | undefined
let authorize: ReturnType<typeof createAuthBatch>

beforeEach(() => {
  socket = '1.1'
  ask.mockReset()
  ask.mockImplementation(async (_, { body }) => ({
    channels: Object.fromEntries(
      body.channel_names
        .filter((name) => name !== 'theirs')
        .map((name) => [name, { auth: `sign ${name}`, shared_secret: 'secret' }]),
    ),
  }))
  authorize = createAuthBatch({ clock, call: ask as unknown as Call, socketId: () => socket })
})

afterEach(() => vi.useRealTimers())

test('channels authorized in one tick share one request, and each callback is called once', async () => {
  const callbacks = ['a', 'b', 'theirs'].map((channelName) => {
    const callback = vi.fn<Parameters<typeof authorize>[1]>()
    authorize({ socketId: '1.1', channelName }, callback)
    return callback
  })
  await settled()
  expect(ask).toHaveBeenCalledTimes(1)
  expect(callbacks.map(({ mock }) => mock.calls)).toEqual([
    [[null, { auth: 'sign a', shared_secret: 'secret' }]],
    [[null, { auth: 'sign b', shared_secret: 'secret' }]],
    [[expect.any(Error), null]],
  ])
})

test('more channels than fit into one request are split into several', async () => {
  for (let channel = 0; channel < 101; channel++) {
    authorize({ socketId: '1.1', channelName: `channel-${channel}` }, () => {})
  }
  await settled()
  expect(ask.mock.calls.map(([, { body }]) => body.channel_names.length)).toEqual([100, 1])
})

test('an answer for an earlier socket is dropped', async () => {
  const callback = vi.fn<Parameters<typeof authorize>[1]>()
  authorize({ socketId: '1.1', channelName: 'a' }, callback)
  socket = '2.2'
  await settled()
  expect(callback).not.toHaveBeenCalled()
})

test('events that nobody can decrypt do not cause a flood of requests', async () => {
  vi.useFakeTimers({ toFake: ['performance'] })
  const refused = vi.fn<() => void>()
  for (let event = 0; event < 600; event++) {
    vi.advanceTimersByTime(100)
    authorize({ socketId: '1.1', channelName: 'a' }, (error) => error && refused())
    await settled()
  }
  // A minute of ten a second: three at once, then after 1, 2, 4, 8 and each further 15 seconds.
  expect(ask.mock.calls.length).toBeGreaterThanOrEqual(8)
  expect(ask.mock.calls.length).toBeLessThanOrEqual(10)
  expect(refused).toHaveBeenCalledTimes(600 - ask.mock.calls.length)

  // Neither another channel nor another socket has to wait.
  const asked = ask.mock.calls.length
  authorize({ socketId: '1.1', channelName: 'b' }, () => {})
  await settled()
  socket = '2.2'
  authorize({ socketId: '2.2', channelName: 'a' }, () => {})
  await settled()
  expect(ask.mock.calls.length).toBe(asked + 2)
})

test('many requests for one channel in one tick are sent once, and count once', async () => {
  for (let tick = 0; tick < 3; tick++) {
    const answered = vi.fn<Parameters<typeof authorize>[1]>()
    for (let event = 0; event < 50; event++)
      authorize({ socketId: '1.1', channelName: 'a' }, answered)
    await settled()
    expect(answered).toHaveBeenCalledTimes(50)
    expect(answered).toHaveBeenLastCalledWith(null, expect.anything())
  }
  expect(ask).toHaveBeenCalledTimes(3)
})

test('when the api cannot answer, every channel gets the error', async () => {
  ask.mockRejectedValue(new TypeError('Failed to fetch'))
  const callback = vi.fn<Parameters<typeof authorize>[1]>()
  authorize({ socketId: '1.1', channelName: 'a' }, callback)
  await settled()
  expect(callback).toHaveBeenCalledExactlyOnceWith(expect.any(TypeError), null)
})

/** Resolves after all pending microtasks: they run before the next turn of the event loop. */
function settled() {
  return new Promise((resolve) => setImmediate(resolve))
}
