import { isConnectionLost } from '../database/write-errors.ts'

interface Waiting<Item, Answer> {
  item: Item
  resolve: (answer: Answer) => void
  reject: (error: unknown) => void
}

/**
 * Batches the calls that arrive while a query is in progress into the next query, so that many callers share a round
 * trip to the database. No result is older than its call: nothing joins a query that has been sent.
 */
export function gather<Item, Answer>(
  ask: (items: Item[]) => Promise<Answer[]>,
  maxItems: number,
): (item: Item) => Promise<Answer> {
  const waiting: Waiting<Item, Answer>[] = []
  let asking = false

  async function drain(): Promise<void> {
    asking = true
    try {
      while (waiting.length > 0) {
        const failure = await settle(ask, waiting.splice(0, maxItems))
        // Not one after the other: while the database is unreachable, each would wait for the full timeout.
        if (isConnectionLost(failure)) fail(failure)
      }
    } finally {
      asking = false
    }
  }

  function fail(error: unknown): void {
    for (const { reject } of waiting.splice(0)) reject(error)
  }

  return async (item) => {
    const { promise, resolve, reject } = Promise.withResolvers<Answer>()
    waiting.push({ item, resolve, reject })
    if (!asking) drain().catch(fail)
    return promise
  }
}

async function settle<Item, Answer>(
  ask: (items: Item[]) => Promise<Answer[]>,
  batch: Waiting<Item, Answer>[],
): Promise<unknown> {
  try {
    const answers = await ask(batch.map(({ item }) => item))
    if (answers.length !== batch.length)
      throw new Error('The query returned a result too few or too many')
    batch.forEach(({ resolve }, place) => resolve(answers[place] as Answer))
    return undefined
  } catch (error) {
    for (const { reject } of batch) reject(error)
    return error
  }
}
