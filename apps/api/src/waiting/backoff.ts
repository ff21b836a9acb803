/**
 * How long to wait after so many failures in a row, in milliseconds: twice as long each time up to `maxMs`, and of that at
 * least half, by chance, so that those who failed together do not come back together.
 */
export function backoffMs(failures: number, times: { firstMs: number; maxMs: number }): number {
  const most = Math.min(times.maxMs, times.firstMs * 2 ** (failures - 1))
  return most / 2 + Math.random() * (most / 2)
}
