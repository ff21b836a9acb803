import { expect, test } from 'vitest'
import { createMessageWriter } from './message-writer.ts'
import type { PostOutcome, PostRow } from './messages.store.ts'

const OUTCOME: PostOutcome = { outcome: 'not-found', message: null }

test('posts that arrive during a commit share the next, up to 64', async () => {
  const sizes: number[] = []
  const writer = createMessageWriter(async (posts) => {
    sizes.push(posts.length)
    return answers(posts)
  })
  await Promise.all(range(200).map(async (nth) => writer.write(post(nth))))
  expect(sizes).toEqual([1, 64, 64, 64, 7])
})

test('it reports how many posts wait and whether a commit is in progress, so that a standstill shows', async () => {
  const noted: [number, boolean][] = []
  const writer = createMessageWriter(
    async (posts) => answers(posts),
    (...state) => noted.push(state),
  )
  await Promise.all(range(70).map(async (nth) => writer.write(post(nth))))
  await expect.poll(() => noted.at(-1)).toEqual([0, false])
  expect(noted.slice(0, -1)).toEqual([
    [0, true],
    [5, true],
    [0, true],
  ])
})

test('each post gets its own outcome', async () => {
  const writer = createMessageWriter(async (posts) =>
    posts.map(({ text }) => ({ ...OUTCOME, outcome: text === '3' ? 'taken' : 'archived' })),
  )
  const outcomes = await Promise.all(range(5).map(async (nth) => writer.write(post(nth))))
  expect(outcomes.map(({ outcome }) => outcome === 'taken')).toEqual(range(5).map((n) => n === 3))
})

test('a commit that failed by a lost connection or a deadlock is retried once', async () => {
  for (const code of ['40P01', '40001', '57P01', 'CONNECTION_CLOSED', 'ECONNRESET']) {
    let attempts = 0
    const writer = createMessageWriter(async (posts) => {
      attempts += 1
      if (attempts === 1) throw failure(code)
      return answers(posts)
    })
    expect(await writer.write(post(1))).toBe(OUTCOME)
  }
})

test('while the database is unreachable every post fails with unavailable, and none hangs', async () => {
  const writer = createMessageWriter(async () => {
    throw failure('ECONNREFUSED')
  })
  const results = await Promise.allSettled(range(100).map(async (nth) => writer.write(post(nth))))
  expect(results.map(reason)).toEqual(range(100).map(() => 'unavailable'))
})

test('posts queued behind one that found the database unreachable fail at once', async () => {
  let commits = 0
  const writer = createMessageWriter(async () => {
    commits += 1
    throw failure('CONNECTION_SILENT')
  })
  const results = await Promise.allSettled(range(500).map(async (nth) => writer.write(post(nth))))
  expect(new Set(results.map(reason))).toEqual(new Set(['unavailable']))
  // The first attempt and its retry.
  expect(commits).toBe(2)
})

test('a post that the database refuses fails alone', async () => {
  const writer = createMessageWriter(async (posts) => {
    if (posts.some(({ text }) => text === '7')) throw failure('22021')
    return answers(posts)
  })
  const results = await Promise.allSettled(range(20).map(async (nth) => writer.write(post(nth))))
  expect(results.map(({ status }) => status === 'rejected')).toEqual(range(20).map((n) => n === 7))
})

test('beyond a thousand waiting posts the answer is slow-down', async () => {
  const gate = Promise.withResolvers<void>()
  const writer = createMessageWriter(async (posts) => {
    await gate.promise
    return answers(posts)
  })
  const posts = range(1_002).map(async (nth) => writer.write(post(nth)))
  const results = Promise.allSettled(posts)
  gate.resolve()
  expect((await results).map(reason).filter(Boolean)).toEqual(['slow-down'])
})

function post(nth: number): PostRow {
  const author = { personId: '', issuedAtSeconds: 0, sessionId: undefined }
  return { id: '', roomId: '', author, text: String(nth) }
}

function answers(posts: PostRow[]): PostOutcome[] {
  return posts.map(() => OUTCOME)
}

function failure(code: string): Error {
  return Object.assign(new Error(code), { code })
}

function reason(result: PromiseSettledResult<unknown>): unknown {
  return result.status === 'rejected' ? (result.reason as { slug: string }).slug : undefined
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index)
}
