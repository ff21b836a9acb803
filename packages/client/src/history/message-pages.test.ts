import type { Call } from '@conclave/shared/client'
import { GENERAL } from '@conclave/shared/examples'
import type { MessagePage } from '@conclave/shared/messages'
import { QueryClient } from '@tanstack/query-core'
import { beforeEach, expect, test } from 'vitest'
import { messagesKey } from '../keys/messages.keys.ts'
import { message } from '../replica/replica.examples.ts'
import { createMessagePages, RUN_MAX, type MessagePages, type Place } from './message-pages.ts'

/** A room of a thousand messages. */
const LAST = 1_000

let queryClient: QueryClient
let requests: string[]
let pages: MessagePages
/** Happens once, between an answer and its arrival. */
let during: (() => void) | undefined

beforeEach(() => {
  queryClient = new QueryClient()
  requests = []
  during = undefined
  pages = createMessagePages({ call: call as unknown as Call, queryClient, roomId: GENERAL })
})

test('F1: pages lead from anywhere to the first message and to the last, without a gap', async () => {
  await open({ seq: 500 })
  expect(run()).toEqual({ from: 450, to: 549, start: false, end: false })
  await pages.more('older')
  expect(run()).toMatchObject({ from: 350, to: 549 })
  await pages.more('newer')
  expect(run()).toMatchObject({ from: 350, to: 649 })
  for (let times = 0; times < 10; times += 1) await pages.more('older')
  expect(run()).toMatchObject({ from: 1, start: true })
  for (let times = 0; times < 20; times += 1) await pages.more('newer')
  expect(run()).toMatchObject({ to: LAST, end: true })
  // At both ends nothing is asked any more.
  requests = []
  await pages.more('newer')
  expect(requests).toEqual([])
})

test('F1: what is held stays bounded however far somebody scrolls, in either direction', async () => {
  await open('end')
  for (let times = 0; times < 8; times += 1) await pages.more('older')
  expect(held().messages).toHaveLength(RUN_MAX)
  expect(run()).toMatchObject({ from: 151, to: 550, end: false })
  await pages.more('newer')
  expect(run()).toMatchObject({ from: 251, to: 650, start: false })
})

test('a page is loaded once, however often it is asked for', async () => {
  await open('end')
  requests = []
  await Promise.all([pages.more('older'), pages.more('older'), pages.more('newer')])
  expect(requests).toEqual(['before=951&limit=100'])
})

test('a failed page can be asked for again', async () => {
  await open('end')
  during = () => {
    throw new TypeError('Failed to fetch')
  }
  await expect(pages.more('older')).rejects.toThrow('Failed to fetch')
  await pages.more('older')
  expect(run()).toMatchObject({ from: 851 })
})

test('a page of a run that was replaced meanwhile is not put beside another', async () => {
  await open({ seq: 500 })
  const other = pageOf(1, 50)
  during = () => queryClient.setQueryData(messagesKey(GENERAL), other)
  await pages.more('newer')
  expect(held()).toEqual(other)
})

test('going to the latest joins what is near, and replaces what is far away', async () => {
  await open({ seq: 901 })
  await pages.goTo('end')
  expect(run()).toEqual({ from: 851, to: LAST, start: false, end: true })
  await pages.goTo({ seq: 100 })
  expect(run()).toEqual({ from: 50, to: 149, start: false, end: false })
  await pages.goTo('end')
  expect(run()).toEqual({ from: 951, to: LAST, start: false, end: true })
})

test('a page that is older than the run leaves the revision to be caught up from', async () => {
  await open({ seq: 900 })
  during = () =>
    queryClient.setQueryData<MessagePage>(messagesKey(GENERAL), (page) => ({
      ...page!,
      rev: LAST + 5,
    }))
  await pages.more('newer')
  expect(held().rev).toBe(LAST)
})

test('a run that has grown at its end loses what is far above', async () => {
  queryClient.setQueryData(messagesKey(GENERAL), pageOf(1, LAST))
  pages.keepEnd()
  expect(run()).toEqual({ from: LAST - RUN_MAX + 1, to: LAST, start: false, end: true })
  const small = held()
  pages.keepEnd()
  expect(held()).toBe(small)
})

async function open(place: Place): Promise<void> {
  queryClient.setQueryData(messagesKey(GENERAL), await pages.first(place))
}

function held(): MessagePage {
  return queryClient.getQueryData<MessagePage>(messagesKey(GENERAL))!
}

function run() {
  const { messages, reachesStart: start, reachesEnd: end } = held()
  const seqs = messages.map(({ seq }) => seq)
  const from = seqs[0]!
  expect(seqs).toEqual(seqs.map((_, nth) => from + nth))
  return { from, to: seqs.at(-1), start, end }
}

function pageOf(from: number, to: number): MessagePage {
  const [first, last] = [Math.max(1, from), Math.min(LAST, to)]
  const messages = Array.from({ length: last - first + 1 }, (_, nth) => message(first + nth))
  return { messages, rev: LAST, reachesStart: first === 1, reachesEnd: last === LAST }
}

async function call(_: unknown, { query }: { query: Record<string, string> }) {
  requests.push(new URLSearchParams(query).toString())
  const { before, after, around, limit = '' } = query
  const size = Number(limit)
  const anchor = Number(before ?? around ?? after ?? LAST + 1)
  const first = after ? anchor + 1 : around ? anchor - size / 2 : anchor - size
  const answer = pageOf(first, first + size - 1)
  const happen = during
  during = undefined
  happen?.()
  return answer
}
