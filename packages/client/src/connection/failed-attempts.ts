import type { Clock } from '../environment.ts'

/** What `Socket.connection` emits when an attempt to connect has failed. */
export const ATTEMPT_FAILED = 'attempt_failed'

/** Where pusher-js records what becomes of each of its sockets. */
export interface PusherRecord {
  info: (event: { cid?: number; state?: string }) => void
}

/**
 * Emits that an attempt to connect has failed. pusher-js says nothing of a socket that is refused at once, as by a broker
 * that is down, and waits until the attempt's time is up, 15 s. Its record has each socket, by `cid`.
 */
export function emitFailedAttempts(options: {
  timeline: PusherRecord
  clock: Clock
  emit: (event: string) => void
}): void {
  const { timeline, clock, emit } = options
  const record = timeline.info.bind(timeline)
  /** Unknown for the first, which pusher-js has opened already. */
  let latest: number | undefined
  timeline.info = (event) => {
    record(event)
    const { cid, state } = event
    if (cid === undefined) return
    if (state === 'connecting') latest = cid
    // Later, because pusher-js is in the middle of it. A socket that was given up is not the latest by then.
    if (state === 'closed') clock.after(0, () => cid === (latest ?? cid) && emit(ATTEMPT_FAILED))
  }
}
