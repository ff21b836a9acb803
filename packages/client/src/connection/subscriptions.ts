import { WIRE_EVENT } from '@conclave/shared/channels'
import type { Clock } from '../environment.ts'
import type { Socket, SocketChannel } from './socket.ts'
import { createSharedRetry } from './shared-retry.ts'

const RETRY_FIRST_MS = 500
const RETRY_MAX_MS = 30_000
/** pusher-js has no timeout of its own for a subscription. */
const ANSWER_TIMEOUT_MS = 20_000

interface Wanted {
  channel: SocketChannel
  failures: number
  since: number
  /** Whether it waits to be tried again. */
  isRefused: boolean
}

export interface Subscriptions {
  /** Subscribes to exactly these channels. */
  want: (names: Set<string>) => void
  /** Whether every wanted channel is subscribed now. */
  allSubscribed: () => boolean
  /** Restarts all timeouts, because there is a new socket. */
  restart: () => void
  /** Retries subscriptions that had no answer in time. */
  retryOverdue: () => void
  /** Handles no further events; the caller closes the socket. */
  close: () => void
}

export interface SubscriptionsOptions {
  socket: Socket
  clock: Clock
  onSubscribed: (name: string) => void
  onRefused: (name: string) => void
  onEvent: (name: string, data: unknown) => void
}

/** Keeps its own set of wanted channels: pusher-js revives cancelled channels and never retries refused ones. */
export function createSubscriptions(options: SubscriptionsOptions): Subscriptions {
  const { socket, clock, onSubscribed, onRefused, onEvent } = options
  const wanted = new Map<string, Wanted>()
  const bound = new WeakSet<SocketChannel>()
  // A rekey refuses many channels at once; retried together, they share a request.
  const retry = createSharedRetry(clock, () => {
    for (const [name, { isRefused, failures }] of wanted)
      if (isRefused) subscribe(name, failures + 1)
  })

  function want(names: Set<string>): void {
    for (const name of wanted.keys()) if (!names.has(name)) cancel(name)
    for (const name of names) if (!wanted.has(name)) subscribe(name, 0)
  }

  function cancel(name: string): void {
    wanted.delete(name)
    socket.unsubscribe(name)
  }

  function subscribe(name: string, failures: number): void {
    const channel = socket.subscribe(name)
    wanted.set(name, { channel, failures, since: clock.now(), isRefused: false })
    if (bound.has(channel)) {
      // Still subscribed from before, so there will be no further success event.
      if (channel.subscribed) onSubscribed(name)
      return
    }
    bound.add(channel)
    channel.bind('pusher:subscription_succeeded', () => subscribed(name, channel))
    channel.bind('pusher:subscription_error', () => refused(name, channel))
    channel.bind(WIRE_EVENT, (data) => wanted.get(name)?.channel === channel && onEvent(name, data))
  }

  function subscribed(name: string, channel: SocketChannel): void {
    const entry = wanted.get(name)
    if (entry?.channel !== channel) {
      // It was cancelled while pending, and a reconnect revived it.
      if (!entry) socket.unsubscribe(name)
      return
    }
    entry.failures = 0
    onSubscribed(name)
  }

  function refused(name: string, channel: SocketChannel): void {
    const entry = wanted.get(name)
    if (entry?.channel !== channel || entry.isRefused) return
    unsubscribeRefused(socket, name, channel)
    entry.isRefused = true
    retry.within(retryMs(entry.failures))
    onRefused(name)
  }

  return {
    want,
    retryOverdue: () => {
      if (socket.connection.state === 'connected')
        for (const [name, { channel }] of unanswered(wanted, clock.now())) refused(name, channel)
    },
    allSubscribed: () => [...wanted.values()].every(isSubscribed),
    restart: () => wanted.forEach((entry) => (entry.since = clock.now())),
    // Sends no unsubscribe: the subscriptions end with the socket, which may be closing already.
    close: () => {
      retry.stop()
      wanted.clear()
    },
  }
}

/** If it stayed pending, pusher-js would treat the next subscribe as cancelled and send nothing. */
function unsubscribeRefused(socket: Socket, name: string, channel: SocketChannel): void {
  Object.assign(channel, { subscriptionPending: false })
  socket.unsubscribe(name)
}

/** Subscriptions without an answer after `ANSWER_TIMEOUT_MS`. */
function unanswered(wanted: ReadonlyMap<string, Wanted>, now: number): [string, Wanted][] {
  return [...wanted].filter(
    ([, { channel, since }]) => !channel.subscribed && now - since > ANSWER_TIMEOUT_MS,
  )
}

function isSubscribed({ channel, isRefused }: Wanted): boolean {
  return channel.subscribed && !isRefused
}

/** Has jitter, because a rekey refuses a whole room at the same moment. */
function retryMs(failures: number): number {
  return Math.min(RETRY_FIRST_MS * 2 ** failures, RETRY_MAX_MS) * (0.5 + Math.random() / 2)
}
