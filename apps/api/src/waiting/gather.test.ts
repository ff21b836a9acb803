import { describe, expect, it } from 'vitest'
import { gather } from './gather.ts'

describe('queries', () => {
  it('share a round trip when they arrive while one is in progress', async () => {
    const asked: number[][] = []
    const double = gather(async (numbers: number[]) => {
      asked.push(numbers)
      return numbers.map((number) => number * 2)
    }, 3)
    const answers = await Promise.all([1, 2, 3, 4, 5, 6].map(double))
    expect(answers).toEqual([2, 4, 6, 8, 10, 12])
    expect(asked).toEqual([[1], [2, 3, 4], [5, 6]])
  })

  it('get results that are no older than the call', async () => {
    let truth = 'before'
    const under = Promise.withResolvers<void>()
    const ask = gather(async (names: string[]) => {
      const seen = truth
      await under.promise
      return names.map((name) => `${name}: ${seen}`)
    }, 10)
    const first = ask('alice')
    truth = 'after'
    const second = ask('bob')
    under.resolve()
    expect(await first).toBe('alice: before')
    expect(await second).toBe('bob: after')
  })

  it('do not each wait for an unreachable database', async () => {
    let asked = 0
    const gate = Promise.withResolvers<void>()
    const ask = gather(async () => {
      asked += 1
      await gate.promise
      throw Object.assign(new Error('away'), { code: 'CONNECT_TIMEOUT' })
    }, 1)
    const answers = Promise.allSettled([1, 2, 3, 4].map(ask))
    gate.resolve()
    expect((await answers).map(({ status }) => status)).toEqual(Array(4).fill('rejected'))
    expect(asked).toBe(1)
  })

  it('fail together, and the next ones are sent again', async () => {
    let fails = true
    const ask = gather(async (names: string[]) => {
      if (fails) throw new Error('The database is away')
      return names
    }, 10)
    await expect(ask('alice')).rejects.toThrow('away')
    fails = false
    expect(await ask('alice')).toBe('alice')
  })
})
