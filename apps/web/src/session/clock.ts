/**
 * The time in milliseconds, by which this page measures how old a token is. It starts at the clock of the machine and
 * then goes on evenly: when that clock is put right, no token becomes older or younger by it.
 */
export function createClock(): () => number {
  const startedAt = Date.now() - performance.now()
  return () => startedAt + performance.now()
}
