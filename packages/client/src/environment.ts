import type { Sha256 } from '@conclave/shared/messages.digest'

/** The machine's timers. */
export interface Clock {
  /** Milliseconds since some moment; they only grow. */
  now: () => number
  /** Runs it once, after so many ms; what it answers cancels that. */
  after: (ms: number, run: () => void) => () => void
}

/** What a client needs of the machine it runs on: a browser, Node, or a test. */
export interface Environment {
  clock: Clock
  sha256: Sha256
  /** Whether the machine has a network at all, as far as it knows. */
  isOnline: () => boolean
  /** Whether nobody can be looking. */
  isHidden: () => boolean
  /** Calls whenever `isOnline` may be another; what it answers ends that. */
  onNetwork: (listener: () => void) => () => void
  /** Calls whenever `isHidden` may be another; what it answers ends that. */
  onVisibility: (listener: () => void) => () => void
}
