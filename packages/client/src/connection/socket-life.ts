import type { Clock } from '../environment.ts'
import type { Facts } from './connection-state.ts'
import type { Socket } from './socket.ts'
import { createTimer } from './timer.ts'

const RECONNECT_FIRST_MS = 2_000
const RECONNECT_MAX_MS = 15_000
/** pusher-js leaves a refused attempt to its 15 s timeout; nobody waits that long for a server that is back. */
const ATTEMPT_MS = 5_000

export interface SocketLife {
  fact: () => Facts['socket']
  /** Gives up the socket that there is, and opens another. */
  reopen: () => void
  close: () => void
}

/** Opens a socket again and again, because pusher-js never comes back from a refusal by itself. */
export function createSocketLife(options: {
  socket: Socket
  clock: Clock
  onOpen: () => void
  /** It was refused after it had been open, or from the start. */
  onRefused: () => void
  onChange: () => void
}): SocketLife {
  const { socket, clock, onOpen, onRefused, onChange } = options
  let isClosed = false
  /** Attempts that have failed since one succeeded. */
  let refusals = 0
  const reconnect = createTimer(clock)
  const attempt = createTimer(clock)

  socket.connection.bind('state_change', () => {
    if (isClosed) return
    boundAttempt()
    if (socket.connection.state === 'connected') opened()
    if (['disconnected', 'failed'].includes(socket.connection.state)) refused()
    onChange()
  })

  /** Giving an attempt up makes the socket `disconnected`, which is tried again. */
  function boundAttempt(): void {
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

  /** Trying again says nothing new to somebody who was told that there is no socket. */
  function fact(): Facts['socket'] {
    if (socket.connection.state === 'connected') return 'open'
    return refusals > 0 ? 'none' : 'opening'
  }

  return {
    fact,
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
