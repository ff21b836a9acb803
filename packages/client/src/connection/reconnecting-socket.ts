import type { Clock } from '../environment.ts'
import type { Facts } from './connection-state.ts'
import { ATTEMPT_FAILED } from './failed-attempts.ts'
import type { Socket } from './socket.ts'
import { createTimer } from './timer.ts'

const RECONNECT_FIRST_MS = 1_000
const RECONNECT_MAX_MS = 15_000
/** pusher-js waits 15 s before it gives up an attempt, which is too long once the server is back. */
const ATTEMPT_MS = 5_000

export interface ReconnectingSocket {
  state: () => Facts['socket']
  /** Closes the current socket and opens another. */
  reopen: () => void
  close: () => void
}

/** Reopens the socket with backoff, because pusher-js does not retry after it was refused. */
export function createReconnectingSocket(options: {
  socket: Socket
  clock: Clock
  onOpen: () => void
  /** The broker's first refusal since the socket was last open, or since the start. */
  onRefused: () => void
  onChange: () => void
}): ReconnectingSocket {
  const { socket, clock, onOpen, onRefused, onChange } = options
  let isClosed = false
  /** Failed attempts since the last success. */
  let failures = 0
  let isRefused = false
  const reconnect = createTimer(clock)
  const attempts = createAttempts(socket, clock)

  socket.connection.bind('state_change', () => {
    if (isClosed) return
    attempts.limit()
    if (socket.connection.state === 'connected') opened()
    if (['disconnected', 'failed'].includes(socket.connection.state)) failed()
    onChange()
  })

  function opened(): void {
    failures = 0
    isRefused = false
    onOpen()
  }

  function failed(): void {
    // An attempt that nobody answered says nothing about me.
    if (!attempts.isGivingUp() && !isRefused) {
      isRefused = true
      onRefused()
    }
    const wait = Math.min(RECONNECT_FIRST_MS * 2 ** failures, RECONNECT_MAX_MS)
    reconnect.start(wait * (0.5 + Math.random() / 2), () => socket.connect())
    failures += 1
  }

  /** After a failed attempt the state stays `none` during retries, so that the screen does not flicker. */
  function state(): Facts['socket'] {
    if (socket.connection.state === 'connected') return 'open'
    return failures > 0 ? 'none' : 'opening'
  }

  return {
    state,
    reopen: () => {
      socket.disconnect()
      reconnect.stop()
      socket.connect()
    },
    close: () => {
      isClosed = true
      reconnect.stop()
      attempts.stop()
      socket.disconnect()
    },
  }
}

/** Gives up an attempt to connect that has failed or takes too long, which leaves the socket `disconnected`. */
function createAttempts(socket: Socket, clock: Clock) {
  const timer = createTimer(clock)
  let isGivingUp = false
  let isStopped = false

  socket.connection.bind(ATTEMPT_FAILED, () => {
    if (!isStopped && isConnecting()) giveUp()
  })

  function isConnecting(): boolean {
    return ['connecting', 'unavailable'].includes(socket.connection.state)
  }

  function giveUp(): void {
    isGivingUp = true
    socket.disconnect()
    isGivingUp = false
  }

  return {
    isGivingUp: () => isGivingUp,
    /** The state of the socket has changed. */
    limit: () => {
      if (!isConnecting()) timer.stop()
      else if (!timer.isOn()) timer.start(ATTEMPT_MS, giveUp)
    },
    stop: () => {
      isStopped = true
      timer.stop()
    },
  }
}
