import { WIRE_EVENT } from '@conclave/shared/channels'
import type { Clock } from '../environment.ts'
import type { Socket, SocketChannel } from './socket.ts'

const RETRY_FIRST_MS = 500
const RETRY_MAX_MS = 30_000
/** pusher-js waits for ever for an answer that does not come. */
const ANSWER_WITHIN_MS = 20_000

interface Wanted {
  channel: SocketChannel
  failures: number
  since: number
  stopRetry: (() => void) | undefined
}

export interface Subscriptions {
  /** Hears exactly these channels from now on. */
  want: (names: Set<string>) => void
  /** Whether every wanted channel is heard at this moment. */
  allHeard: () => boolean
  /** Starts waiting anew: the socket is another one. */
  restart: () => void
  /** Gives up on answers that are overdue. */
  check: () => void
  /** Hears nothing more; whoever calls this closes the socket. */
  close: () => void
}

export interface SubscriptionsOptions {
  socket: Socket
  clock: Clock
  onHeard: (name: string) => void
  onRefused: (name: string) => void
  onEvent: (name: string, data: unknown) => void
}

/** Keeps the wanted set itself, because pusher-js revives cancelled channels and never retries refused ones. */
export function createSubscriptions(options: SubscriptionsOptions): Subscriptions {
  const { socket, clock, onHeard, onRefused, onEvent } = options
  const wanted = new Map<string, Wanted>()
  const bound = new WeakSet<SocketChannel>()

  function want(names: Set<string>): void {
    for (const [name, { stopRetry }] of wanted) {
      if (names.has(name)) continue
      stopRetry?.()
      wanted.delete(name)
      socket.unsubscribe(name)
    }
    for (const name of names) {
      if (!wanted.has(name)) subscribe(name, 0)
    }
  }

  function subscribe(name: string, failures: number): void {
    const channel = socket.subscribe(name)
    wanted.set(name, { channel, failures, since: clock.now(), stopRetry: undefined })
    if (bound.has(channel)) {
      // Still subscribed from before: nobody will say so again.
      if (channel.subscribed) onHeard(name)
      return
    }
    bound.add(channel)
    bind(channel, {
      heard: () => heard(name, channel),
      refused: () => refused(name, channel),
      event: (data) => wanted.get(name)?.channel === channel && onEvent(name, data),
    })
  }

  function heard(name: string, channel: SocketChannel): void {
    const entry = wanted.get(name)
    if (entry?.channel !== channel) {
      // A ghost: cancelled while pending, and revived by a reconnect.
      if (!entry) socket.unsubscribe(name)
      return
    }
    entry.failures = 0
    onHeard(name)
  }

  function refused(name: string, channel: SocketChannel): void {
    const entry = wanted.get(name)
    if (entry?.channel !== channel || entry.stopRetry) return
    // Left pending, pusher-js would take the next subscribe for a cancelled one and send nothing.
    channel.subscriptionPending = false
    socket.unsubscribe(name)
    entry.stopRetry = clock.after(retryMs(entry.failures), () => {
      if (wanted.get(name) === entry) subscribe(name, entry.failures + 1)
    })
    onRefused(name)
  }

  function check(): void {
    if (socket.connection.state !== 'connected') return
    for (const [name, { channel }] of overdue(wanted, clock.now())) refused(name, channel)
  }

  return {
    want,
    check,
    allHeard: () => [...wanted.values()].every(isHeard),
    restart: () => wanted.forEach((entry) => (entry.since = clock.now())),
    close: () => forget(wanted),
  }
}

function bind(
  channel: SocketChannel,
  on: { heard: () => void; refused: () => void; event: (data: unknown) => void },
): void {
  channel.bind('pusher:subscription_succeeded', on.heard)
  channel.bind('pusher:subscription_error', on.refused)
  channel.bind(WIRE_EVENT, on.event)
}

/** Those for whose answer too long was waited. */
function overdue(wanted: ReadonlyMap<string, Wanted>, now: number): [string, Wanted][] {
  return [...wanted].filter(
    ([, { channel, since }]) => !channel.subscribed && now - since > ANSWER_WITHIN_MS,
  )
}

/** They end with the socket, which may be closing already and takes nothing more. */
function forget(wanted: Map<string, Wanted>): void {
  for (const { stopRetry } of wanted.values()) stopRetry?.()
  wanted.clear()
}

function isHeard({ channel, stopRetry }: Wanted): boolean {
  return channel.subscribed && !stopRetry
}

/** Jitter: a whole team is refused in the same moment when a room's key changes. */
function retryMs(failures: number): number {
  return Math.min(RETRY_FIRST_MS * 2 ** failures, RETRY_MAX_MS) * (0.5 + Math.random() / 2)
}
