/** When to give up on a process that is broken; on a busy machine all of this takes a while. */
export const CHILD_BOUNDS = {
  readyMs: 180_000,
  /** A process that does not stop is killed. */
  stopMs: 45_000,
  /** Processes that were killed are gone. */
  goneMs: 30_000,
}
