import type { Call } from '@conclave/shared/client'
import { BOB, GENERAL } from '@conclave/shared/examples'
import { QUOTES_MAX, type Quote } from '@conclave/shared/quotes'
import type { HeldQuotes } from '@conclave/shared/quotes.fold'
import { QueryClient } from '@tanstack/query-core'
import { beforeEach, expect, test } from 'vitest'
import { quotesKey } from '../keys/messages.keys.ts'
import { idAt } from '../replica/replica.examples.ts'
import { createQuotesLoader, type QuotesLoader } from './quotes-loader.ts'

let queryClient: QueryClient
let quotes: QuotesLoader
/** The ids of each request. */
let asked: string[][]
let isAway: boolean
/** What the loader has planned, and not cancelled. */
let planned: Set<() => void>

beforeEach(() => {
  queryClient = new QueryClient()
  asked = []
  isAway = false
  planned = new Set()
  quotes = createQuotesLoader({
    call: call as unknown as Call,
    queryClient,
    clock: { now: () => 0, after },
    roomId: GENERAL,
  })
})

test('the quotes that are needed in one tick are loaded together, a hundred at a time, and none twice', async () => {
  const ids = Array.from({ length: QUOTES_MAX + 1 }, (_, n) => idAt(n))
  for (const id of [...ids, ...ids]) quotes.need(id)
  await settled()
  expect(asked).toEqual([ids.slice(0, QUOTES_MAX), ids.slice(QUOTES_MAX)])
  expect(Object.keys(held().byId)).toHaveLength(QUOTES_MAX + 1)
})

test('while the api is away they are asked for again after a time, and not at once', async () => {
  quotes.need(idAt(1))
  await settled()
  isAway = true
  quotes.need(idAt(2))
  quotes.need(idAt(3))
  await settled()
  expect(asked).toEqual([[idAt(1)], [idAt(2), idAt(3)]])
  passTime()
  await settled()
  expect(asked).toHaveLength(3)
  isAway = false
  passTime()
  await settled()
  expect(asked).toHaveLength(4)
  expect(held().byId[idAt(3)]).toMatchObject({ text: idAt(3) })
  expect(planned.size).toBe(0)
})

async function call(_: unknown, { query }: { query: { ids: string } }) {
  const ids = query.ids.split(',')
  asked.push(ids)
  // A loader that does not stop is stopped here.
  if (isAway && asked.length < 20) throw new TypeError('Failed to fetch')
  return {
    rev: 7,
    quotes: ids.map((id): Quote => ({ id, seq: 1, rev: 1, authorId: BOB, text: id })),
  }
}

function after(_: number, run: () => void): () => void {
  planned.add(run)
  return () => planned.delete(run)
}

function passTime(): void {
  const due = [...planned]
  planned.clear()
  for (const run of due) run()
}

function held(): HeldQuotes {
  return queryClient.getQueryData<HeldQuotes>(quotesKey(GENERAL))!
}

/** Once the requests of this tick have been answered. */
async function settled(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve))
}
