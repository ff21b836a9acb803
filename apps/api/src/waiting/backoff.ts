/**
 * The backoff in milliseconds after a number of consecutive failures: it doubles up to `maxMs`, with jitter of up to
 * half, so that clients that failed together do not retry together.
 */
export function backoffMs(failures: number, times: { firstMs: number; maxMs: number }): number {
  const most = Math.min(times.maxMs, times.firstMs * 2 ** (failures - 1))
  return most / 2 + Math.random() * (most / 2)
}
