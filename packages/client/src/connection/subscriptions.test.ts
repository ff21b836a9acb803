import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { nodeEnvironment } from '../../node/environment.ts'
import { createSubscriptions, type Subscriptions } from './subscriptions.ts'

/** The other end, with pusher-js's own ways: channels stay known by name until they are unsubscribed. */
class FakeChannel {
  subscribed = false
  subscriptionPending = true
  readonly listeners: [string, (data: unknown) => void][] = []
  bind(event: string, listener: (data: unknown) => void) {
    this.listeners.push([event, listener])
  }
  emit(event: string, data?: unknown) {
    for (const [name, listener] of this.listeners) if (name === event) listener(data)
  }
  succeed() {
    this.subscribed = true
    this.emit('pusher:subscription_succeeded')
  }
}

const channels = new Map<string, FakeChannel>()
const gone: string[] = []
const heard: string[] = []
const events: unknown[] = []
let subscriptions: Subscriptions

beforeEach(() => {
  vi.useFakeTimers()
  for (const list of [gone, heard, events]) list.length = 0
  channels.clear()
  subscriptions = createSubscriptions({
    clock: nodeEnvironment.clock,
    socket: {
      connection: { state: 'connected', bind: () => {} },
      subscribe: (name) => {
        const channel = channels.get(name) ?? new FakeChannel()
        channels.set(name, channel)
        return channel
      },
      unsubscribe: (name) => {
        gone.push(name)
        if (!channels.get(name)?.subscriptionPending) channels.delete(name)
      },
      connect: () => {},
      disconnect: () => {},
    },
    onHeard: (name) => heard.push(name),
    onRefused: () => {},
    onEvent: (_, data) => events.push(data),
  })
})
afterEach(() => vi.useRealTimers())

test('all is heard only when every channel is', () => {
  subscriptions.want(new Set(['a', 'b']))
  channel('a').succeed()
  expect(subscriptions.allHeard()).toBe(false)
  channel('b').succeed()
  expect(subscriptions.allHeard()).toBe(true)
  channel('b').subscribed = false
  expect(subscriptions.allHeard()).toBe(false)
})

test('a refused channel is asked for again, later and later', async () => {
  subscriptions.want(new Set(['a']))
  for (const wait of [500, 1_000, 2_000]) {
    const refused = channel('a')
    refused.emit('pusher:subscription_error')
    expect(gone.at(-1)).toBe('a')
    await vi.advanceTimersByTimeAsync(wait)
    expect(channel('a')).not.toBe(refused)
  }
  channel('a').succeed()
  expect(subscriptions.allHeard()).toBe(true)
})

test('a channel that is never answered is asked for again', async () => {
  subscriptions.want(new Set(['a']))
  const deaf = channel('a')
  await vi.advanceTimersByTimeAsync(21_000)
  subscriptions.check()
  await vi.advanceTimersByTimeAsync(500)
  expect(channel('a')).not.toBe(deaf)
})

test('a channel revived after it was left is left again, and not listened to', () => {
  subscriptions.want(new Set(['a']))
  const ghost = channel('a')
  subscriptions.want(new Set(['b']))
  gone.length = 0
  ghost.succeed()
  ghost.emit('event', 'from a ghost')
  expect(gone).toEqual(['a'])
  expect(heard).toEqual([])
  expect(events).toEqual([])
})

test('a channel that is wanted again delivers each event once', () => {
  subscriptions.want(new Set(['a']))
  subscriptions.want(new Set())
  subscriptions.want(new Set(['a']))
  channel('a').succeed()
  channel('a').emit('event', 'once')
  expect(events).toEqual(['once'])
})

function channel(name: string): FakeChannel {
  const found = channels.get(name)
  if (!found) throw new Error(`${name} is not subscribed`)
  return found
}
