import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { nodeEnvironment } from '../../node/node-environment.ts'
import { FakeSocket } from './socket.examples.ts'
import { createSubscriptions, type Subscriptions } from './subscriptions.ts'

let socket: FakeSocket
const heard: string[] = []
const events: unknown[] = []
let subscriptions: Subscriptions

beforeEach(() => {
  vi.useFakeTimers()
  for (const list of [heard, events]) list.length = 0
  socket = new FakeSocket('connected')
  subscriptions = createSubscriptions({
    clock: nodeEnvironment.clock,
    socket,
    onSubscribed: (name) => heard.push(name),
    onRefused: () => {},
    onEvent: (_, data) => events.push(data),
  })
})
afterEach(() => vi.useRealTimers())

test('all are subscribed only when every channel is', () => {
  subscriptions.want(new Set(['a', 'b']))
  socket.channel('a').succeed()
  expect(subscriptions.allSubscribed()).toBe(false)
  socket.channel('b').succeed()
  expect(subscriptions.allSubscribed()).toBe(true)
  socket.channel('b').subscribed = false
  expect(subscriptions.allSubscribed()).toBe(false)
})

test('a refused subscription is retried with growing waits', async () => {
  subscriptions.want(new Set(['a']))
  for (const wait of [500, 1_000, 2_000]) {
    const refused = socket.channel('a')
    refused.emit('pusher:subscription_error')
    expect(socket.gone.at(-1)).toBe('a')
    await vi.advanceTimersByTimeAsync(wait)
    expect(socket.channel('a')).not.toBe(refused)
  }
  socket.channel('a').succeed()
  expect(subscriptions.allSubscribed()).toBe(true)
})

test('what is refused at once is retried at once, and what is refused meanwhile with it', async () => {
  const names = Array.from({ length: 40 }, (_, n) => `channel ${n}`)
  subscriptions.want(new Set(names))
  const retriedAt = names.map(() => [] as number[])
  const firsts = names.map((name) => socket.channel(name))
  firsts.slice(0, 39).forEach((channel) => channel.emit('pusher:subscription_error'))
  await vi.advanceTimersByTimeAsync(100)
  firsts[39]?.emit('pusher:subscription_error')
  for (let ms = 0; ms < 500; ms++) {
    await vi.advanceTimersByTimeAsync(1)
    names.forEach((name, n) => {
      const channel = socket.channels.get(name)
      if (channel && channel !== firsts[n] && retriedAt[n]?.length === 0) retriedAt[n].push(ms)
    })
  }
  expect(new Set(retriedAt.flat()).size).toBe(1)
  expect(retriedAt.flat()).toHaveLength(40)
})

test('a subscription that is never answered is retried', async () => {
  subscriptions.want(new Set(['a']))
  const unanswered = socket.channel('a')
  await vi.advanceTimersByTimeAsync(21_000)
  subscriptions.retryOverdue()
  await vi.advanceTimersByTimeAsync(500)
  expect(socket.channel('a')).not.toBe(unanswered)
})

test('a channel that pusher-js revives after it was unsubscribed is unsubscribed again, and its events are ignored', () => {
  subscriptions.want(new Set(['a']))
  const revived = socket.channel('a')
  subscriptions.want(new Set(['b']))
  socket.gone.length = 0
  revived.succeed()
  revived.emit('event', 'from a revived channel')
  expect(socket.gone).toEqual(['a'])
  expect(heard).toEqual([])
  expect(events).toEqual([])
})

test('a channel that is subscribed again delivers each event once', () => {
  subscriptions.want(new Set(['a']))
  subscriptions.want(new Set())
  subscriptions.want(new Set(['a']))
  socket.channel('a').succeed()
  socket.channel('a').emit('event', 'once')
  expect(events).toEqual(['once'])
})
