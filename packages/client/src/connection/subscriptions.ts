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

/** Keeps the wanted set itself, because pusher-js revives cancelled channels and never retries refused ones. */
export function createSubscriptions(options: {
  socket: Socket
  clock: Clock
  onHeard: (name: string) => void
  onRefused: (name: string) => void
  onEvent: (name: string, data: unknown) => void
}): Subscriptions {
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
    channel.bind('pusher:subscription_succeeded', () => heard(name, channel))
    channel.bind('pusher:subscription_error', () => refused(name, channel))
    channel.bind(WIRE_EVENT, (data) => {
      if (wanted.get(name)?.channel === channel) onEvent(name, data)
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
    const wait = Math.min(RETRY_FIRST_MS * 2 ** entry.failures, RETRY_MAX_MS)
    // Jitter: a whole team is refused in the same moment when a room's key changes.
    entry.stopRetry = clock.after(wait * (0.5 + Math.random() / 2), () => {
      if (wanted.get(name) === entry) subscribe(name, entry.failures + 1)
    })
    onRefused(name)
  }

  function check(): void {
    if (socket.connection.state !== 'connected') return
    for (const [name, { channel, since }] of wanted) {
      if (!channel.subscribed && clock.now() - since > ANSWER_WITHIN_MS) refused(name, channel)
    }
  }

  return {
    want,
    check,
    allHeard: () =>
      [...wanted.values()].every(({ channel, stopRetry }) => channel.subscribed && !stopRetry),
    restart: () => wanted.forEach((entry) => (entry.since = clock.now())),
    close: () => {
      // They end with the socket, which may be closing already and takes nothing more.
      for (const { stopRetry } of wanted.values()) stopRetry?.()
      wanted.clear()
    },
  }
}
