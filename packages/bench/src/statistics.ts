/** The middle value; the mean of the two middle values when there is no single one. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const upper = sorted[Math.floor(middle)] ?? Number.NaN
  if (!Number.isInteger(middle)) return upper
  return ((sorted[middle - 1] ?? Number.NaN) + upper) / 2
}

/** The value that this share of all values does not exceed (nearest rank). */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}

export interface Spread {
  median: number
  min: number
  max: number
}

export function spread(values: readonly number[]): Spread {
  return { median: median(values), min: Math.min(...values), max: Math.max(...values) }
}

/** Ours divided by theirs within each round: what the machine does to a round affects both. */
export function ratios(ours: readonly number[], theirs: readonly number[]): number[] {
  return ours.flatMap((value, round) => {
    const other = theirs[round]
    return other === undefined || other === 0 ? [] : [value / other]
  })
}

/** How much y grows when x grows by one, by least squares. */
export function slope(points: readonly { x: number; y: number }[]): number {
  const mean = (pick: 'x' | 'y') =>
    points.reduce((sum, point) => sum + point[pick], 0) / points.length
  const middle = { x: mean('x'), y: mean('y') }
  let covariance = 0
  let variance = 0
  for (const { x, y } of points) {
    covariance += (x - middle.x) * (y - middle.y)
    variance += (x - middle.x) ** 2
  }
  return variance === 0 ? 0 : covariance / variance
}
