import type { Call } from '@conclave/shared/client'
import { ALICE, BOB, GENERAL } from '@conclave/shared/examples'
import { listMessages, type MessagePage } from '@conclave/shared/messages'
import { PEOPLE_BY_ID_MAX, type People } from '@conclave/shared/people'
import type { HeldPeople } from '@conclave/shared/people.fold'
import { QueryClient } from '@tanstack/query-core'
import { beforeEach, expect, test } from 'vitest'
import { PEOPLE_KEY } from '../keys/people.keys.ts'
import { heldAt, idAt, page, person } from '../replica/replica.examples.ts'
import { keepingNamed } from './keeping-named.ts'
import { createPeopleLoader, type PeopleLoader } from './people-loader.ts'

let queryClient: QueryClient
let people: PeopleLoader
/** The ids of each request. */
let asked: string[][]
let isAway: boolean
let rev: number
/** How many people the server has: those with the first ids. */
const TEAM = Array.from({ length: 3_000 }, (_, n) => idAt(n))

beforeEach(() => {
  queryClient = new QueryClient()
  asked = []
  isAway = false
  rev = 7
  people = createPeopleLoader({ call: call as unknown as Call, queryClient })
})

test('whoever is needed in one tick is loaded with one request, and nobody twice', async () => {
  people.need([idAt(1), idAt(2)])
  people.need([idAt(2), idAt(3)])
  await settled()
  expect(asked).toEqual([[idAt(1), idAt(2), idAt(3)]])
  expect(nameOf(idAt(3))).toBe(idAt(3))
  people.need([idAt(1), idAt(4)])
  people.need([idAt(4)])
  await settled()
  expect(asked.slice(1)).toEqual([[idAt(4)]])
})

test('somebody who is being loaded is not asked for again', async () => {
  people.need([idAt(1)])
  await Promise.resolve()
  expect(asked).toEqual([[idAt(1)]])
  people.need([idAt(1), idAt(2)])
  await settled()
  expect(asked).toEqual([[idAt(1)], [idAt(2)]])
})

test('no request has more than a hundred', async () => {
  people.need(TEAM.slice(0, 250))
  await settled()
  expect(asked.map(({ length }) => length)).toEqual([PEOPLE_BY_ID_MAX, PEOPLE_BY_ID_MAX, 50])
  expect(held().byId.size).toBe(250)
})

test('somebody whom the server does not know is held as nobody, and not asked for again', async () => {
  people.need([BOB, idAt(1)])
  await settled()
  expect(held().byId.get(BOB)).toEqual({ person: undefined, rev: 7 })
  people.need([BOB])
  await settled()
  expect(asked).toHaveLength(1)
})

test('a load that failed is tried again when they are needed again, or by a catch-up', async () => {
  isAway = true
  const release = people.need([idAt(1), idAt(2)])
  await settled()
  expect(asked).toHaveLength(1)
  isAway = false
  people.need([idAt(1)])
  await settled()
  expect(asked.slice(1)).toEqual([[idAt(1)]])
  people.loadMissing()
  await settled()
  expect(asked.slice(2)).toEqual([[idAt(2)]])
  release()
  release()
  expect(people.needed()).toEqual([idAt(1)])
})

test('whom an answer names is held, and the answer is as without them', async () => {
  const named: People = { people: [person(BOB, 'Bob')], rev: 7 }
  const answering = (async () => ({ ...page(), named })) as unknown as Call
  const ask = keepingNamed(answering, people)
  const answer: MessagePage = await ask(listMessages, { params: { roomId: GENERAL } })
  expect(answer).toEqual(page())
  people.need([BOB])
  await settled()
  expect(asked).toEqual([])
  expect(nameOf(BOB)).toBe('Bob')
})

test('an answer that is older than what is held changes nothing, and one that says the same tells nobody', () => {
  queryClient.setQueryData(PEOPLE_KEY, heldAt(9, person(ALICE, 'Alice')))
  const before = held()
  people.keep({ people: [person(ALICE, 'Alice as she was')], rev: 8 })
  people.keep({ people: [person(ALICE, 'Alice')], rev: 9 })
  expect(held()).toBe(before)
  people.keep({ people: [person(ALICE, 'Alice')], rev: 10 })
  expect(held().byId.get(ALICE)?.person).toBe(before.byId.get(ALICE)?.person)
  expect(held().rev).toBe(9)
})

test('of many who were shown, the oldest are dropped, and nobody who is needed', async () => {
  people.need([idAt(0)])
  for (let from = 1; from < 2_500; from += 100) {
    people.need(TEAM.slice(from, from + 100))()
    await settled()
  }
  expect(held().byId.size).toBe(2_000)
  expect(nameOf(idAt(0))).toBe(idAt(0))
  expect(held().byId.has(idAt(1))).toBe(false)
  expect(nameOf(idAt(2_400))).toBe(idAt(2_400))
})

async function call(_: unknown, { query }: { query: { ids: string } }): Promise<People> {
  const ids = query.ids.split(',')
  asked.push(ids)
  if (isAway) throw new TypeError('Failed to fetch')
  return { people: ids.filter((id) => TEAM.includes(id)).map((id) => person(id, id)), rev }
}

function held(): HeldPeople {
  return queryClient.getQueryData<HeldPeople>(PEOPLE_KEY)!
}

function nameOf(id: string): string | undefined {
  return held().byId.get(id)?.person?.name
}

/** Once the requests of this tick have been answered. */
async function settled(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve))
}
