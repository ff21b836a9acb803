/**
 * The time in milliseconds by which this page measures the age of a token. It starts at the machine's clock and then
 * runs evenly: correcting that clock makes no token older or younger.
 */
export function createClock(): () => number {
  const startedAt = Date.now() - performance.now()
  return () => startedAt + performance.now()
}
