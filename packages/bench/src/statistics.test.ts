import { describe, expect, it } from 'vitest'
import { median, percentile, ratios, slope, spread } from './statistics.ts'

describe('the figures of a bench', () => {
  it('takes the middle, whatever the order and however many', () => {
    expect(median([9, 1, 5])).toBe(5)
    expect(median([9, 1, 5, 7])).toBe(6)
    expect(median([])).toBeNaN()
  })

  it('finds the slowest hundredth', () => {
    const waits = Array.from({ length: 200 }, (_, index) => 200 - index)
    expect(percentile(waits, 0.99)).toBe(198)
    expect(percentile(waits, 0.5)).toBe(100)
    expect(percentile([7], 0.99)).toBe(7)
  })

  it('compares round by round, so that a slow moment of the machine cancels out', () => {
    const ours = [100, 50, 100]
    const theirs = [50, 25, 20]
    expect(ratios(ours, theirs)).toEqual([2, 2, 5])
    expect(spread(ratios(ours, theirs))).toEqual({ median: 2, min: 2, max: 5 })
  })

  it('leaves out a round that has no counterpart', () => {
    expect(ratios([10, 20], [5])).toEqual([2])
    expect(ratios([10], [0])).toEqual([])
  })

  it('tells growth from noise around a level', () => {
    const growing = [0, 1, 2, 3].map((x) => ({ x, y: 100 + 2 * x }))
    const level = [0, 1, 2, 3].map((x) => ({ x, y: x % 3 === 0 ? 100 : 101 }))
    expect(slope(growing)).toBeCloseTo(2)
    expect(slope(level)).toBeCloseTo(0)
    expect(slope([{ x: 1, y: 5 }])).toBe(0)
  })
})
