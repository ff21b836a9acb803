import { problem } from '../../problem.ts'
import type { Sql } from '../../database/connection.ts'
import type { Metrics } from '../../metrics.ts'
import type { Consumers } from '../../log/consumers.ts'
import { streams } from '../../log/streams.ts'
import { insertMessages, type PostOutcome, type PostRow } from './messages.store.ts'
import { isConnectionLost, isDataError, isRetryable } from '../../database/write-errors.ts'

const BATCH_MAX_POSTS = 64
const WAITING_MAX_POSTS = 1_000

export interface MessageWriter {
  /** Resolves when the post is committed. */
  write(post: PostRow): Promise<PostOutcome>
}

interface Waiting {
  post: PostRow
  resolve: (outcome: PostOutcome) => void
  reject: (error: unknown) => void
}

/** Called with the number of posts that wait for the next commit, and whether a commit is in progress. */
type Observe = (waiting: number, committing: boolean) => void

type Commit = (posts: PostRow[]) => Promise<PostOutcome[]>

/** The writer of this instance: wakes the log's consumers after each commit, and reports to the metrics. */
export function openMessageWriter(given: {
  sql: Sql
  consumers: Pick<Consumers, 'wake'>
  metrics: Metrics
}): MessageWriter {
  const { sql, consumers, metrics } = given
  return createMessageWriter(
    async (posts) => {
      const outcomes = await insertMessages(sql, posts)
      consumers.wake(
        outcomes.flatMap(({ message }) => (message ? [streams.room(message.roomId)] : [])),
      )
      return outcomes
    },
    (waiting, committing) => {
      metrics.postsWaiting.set(waiting)
      metrics.commitBegan.set(committing ? Date.now() / 1_000 : 0)
    },
  )
}

/**
 * Group commit: posts that arrive while a commit is in progress share the next one, so that many writers wait for a
 * single disk flush.
 */
export function createMessageWriter(commit: Commit, observe: Observe = () => {}): MessageWriter {
  const waiting: Waiting[] = []
  let writing = false

  async function write(post: PostRow): Promise<PostOutcome> {
    if (waiting.length >= WAITING_MAX_POSTS) throw problem('slow-down')
    const { promise, resolve, reject } = Promise.withResolvers<PostOutcome>()
    waiting.push({ post, resolve, reject })
    if (!writing) drain().catch(fail)
    return promise
  }

  async function drain(): Promise<void> {
    writing = true
    try {
      while (waiting.length > 0) {
        const batch = waiting.splice(0, BATCH_MAX_POSTS)
        observe(waiting.length, true)
        const failure = await settle(commit, batch)
        // Not batch by batch: while the database is unreachable, each would wait for the full timeout.
        if (isConnectionLost(failure)) fail()
      }
    } finally {
      writing = false
      observe(waiting.length, false)
    }
  }

  function fail(): void {
    for (const { reject } of waiting.splice(0)) reject(problem('unavailable'))
  }

  return { write }
}

/** Returns the error if the batch failed. */
async function settle(commit: Commit, batch: Waiting[]): Promise<unknown> {
  try {
    const outcomes = await commitTwice(
      commit,
      batch.map(({ post }) => post),
    )
    batch.forEach(({ resolve, reject }, index) => {
      const outcome = outcomes[index]
      if (outcome) resolve(outcome)
      else reject(new Error('The database returned no outcome for a post'))
    })
    return undefined
  } catch (error) {
    if (batch.length > 1 && isDataError(error)) {
      // A post that the database refuses must not fail the others.
      for (const single of batch) await settle(commit, [single])
      return undefined
    }
    for (const { reject } of batch) reject(isDataError(error) ? error : problem('unavailable'))
    return error
  }
}

/** The retry is safe: what the first attempt has committed comes back as a repeat. */
async function commitTwice(commit: Commit, posts: PostRow[]): Promise<PostOutcome[]> {
  try {
    return await commit(posts)
  } catch (error) {
    if (!isRetryable(error)) throw error
    return commit(posts)
  }
}
