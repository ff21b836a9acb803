import type { Clock } from '../environment.ts'
import type { Facts } from './connection-state.ts'
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
  /** The first refusal since the socket was last open, or since the start. */
  onRefused: () => void
  onChange: () => void
}): ReconnectingSocket {
  const { socket, clock, onOpen, onRefused, onChange } = options
  let isClosed = false
  /** Failed attempts since the last success. */
  let refusals = 0
  const reconnect = createTimer(clock)
  const attempt = createTimer(clock)

  socket.connection.bind('state_change', () => {
    if (isClosed) return
    limitAttempt()
    if (socket.connection.state === 'connected') opened()
    if (['disconnected', 'failed'].includes(socket.connection.state)) refused()
    onChange()
  })

  /** An attempt that is given up leaves the socket `disconnected`, which schedules the next one. */
  function limitAttempt(): void {
    if (['connecting', 'unavailable'].includes(socket.connection.state)) {
      if (!attempt.isOn()) attempt.start(ATTEMPT_MS, () => socket.disconnect())
      return
    }
    attempt.stop()
  }

  function opened(): void {
    refusals = 0
    onOpen()
  }

  function refused(): void {
    if (refusals === 0) onRefused()
    const wait = Math.min(RECONNECT_FIRST_MS * 2 ** refusals, RECONNECT_MAX_MS)
    reconnect.start(wait * (0.5 + Math.random() / 2), () => socket.connect())
    refusals += 1
  }

  /** After a failed attempt the state stays `none` during retries, so that the screen does not flicker. */
  function state(): Facts['socket'] {
    if (socket.connection.state === 'connected') return 'open'
    return refusals > 0 ? 'none' : 'opening'
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
      attempt.stop()
      socket.disconnect()
    },
  }
}
