import type { Sha256 } from '@conclave/shared/hashes'

/** The platform's timers. */
export interface Clock {
  /** Monotonic time in ms. */
  now: () => number
  /** Calls `run` once after `ms`. Returns how to cancel. */
  after: (ms: number, run: () => void) => () => void
}

/** What a client needs from its platform: a browser, Node, or a test. */
export interface Environment {
  clock: Clock
  sha256: Sha256
  /**
   * Calls `run` once, before the next frame is drawn; when nothing is drawn, because the page is hidden, after a short
   * time. Returns how to cancel.
   */
  frame: (run: () => void) => () => void
  /** Whether the device has a network, as far as it knows. */
  isOnline: () => boolean
  /** Whether the page is hidden. */
  isHidden: () => boolean
  /** Calls the listener whenever `isOnline` may have changed. Returns how to stop. */
  onNetwork: (listener: () => void) => () => void
  /** Calls the listener whenever `isHidden` may have changed. Returns how to stop. */
  onVisibility: (listener: () => void) => () => void
}
