import { listDirectory } from '@conclave/shared/rooms'
import { everyPage } from '@conclave/shared/pages'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { arrive, type Colleague } from '../../../test/data-people.ts'
import { type Harness, startHarness } from '../../../test/harness.ts'

const NAMES = [
  'Äpfel',
  'apple',
  'Zebra',
  'banana',
  'BANANA split',
  '100%',
  'a_b',
  'axb',
  'back\\slash',
]

let harness: Harness
let alice: Colleague
let mallory: Colleague

beforeAll(async () => {
  harness = await startHarness()
  const [one, two] = await arrive(harness, ['alice', 'mallory'])
  alice = one!
  mallory = two!
  for (const name of NAMES) await make('open', name)
  await make('open', 'Office', 'Where the printers are')
  await make('closed', 'banana secrets')
})
afterAll(async () => harness.close())

test('rooms are ordered by name, case-insensitively, a page at a time', async () => {
  const whole = await namesOf({})
  expect(whole.filter((name) => /^[abz]/i.test(name))).toEqual([
    'a_b',
    'apple',
    'axb',
    'back\\slash',
    'banana',
    'BANANA split',
    'Zebra',
  ])
  const pages = await everyPage((query) =>
    mallory.call(listDirectory, { query: { ...query, limit: '2' } }),
  )
  expect(pages.flatMap(({ rooms }) => rooms.map(({ name }) => name))).toEqual(whole)
})

test.each([
  ['BAN', ['banana', 'BANANA split']],
  ['nana s', ['BANANA split']],
  ['äpf', ['Äpfel']],
  ['A\u0308PF', ['Äpfel']],
  ['%', ['100%']],
  ['_', ['a_b']],
  ['\\', ['back\\slash']],
  ['printers', []],
  ['office', ['Office']],
  ["'", []],
  ['secrets', []],
])('%s finds %j', async (search, names) => {
  expect(await namesOf({ search })).toEqual(names)
  expect(await namesOf({ search: search.toUpperCase() })).toEqual(names)
})

test('rooms created or renamed between pages move no other room', async () => {
  const first = await mallory.call(listDirectory, { query: { limit: '3' } })
  await make('open', '0 before everything')
  const { id, name: renamed } = first.rooms[2]!
  await harness.sql`update rooms set name = 'zz top' where id = ${id}`
  const rest = await mallory.call(listDirectory, { query: { after: first.next! } })
  await harness.sql`update rooms set name = ${renamed} where id = ${id}`
  const names = [...first.rooms, ...rest.rooms].map(({ name }) => name)
  for (const name of NAMES) expect(names).toContain(name)
})

test('each room has its size, and whether I am in it', async () => {
  const { rooms } = await alice.call(listDirectory, { query: { search: 'zebra' } })
  expect(rooms).toMatchObject([{ memberCount: 1, joined: true, lastMessageAt: null }])
  const theirs = await mallory.call(listDirectory, { query: { search: 'zebra' } })
  expect(theirs.rooms).toMatchObject([{ memberCount: 1, joined: false }])
})

async function namesOf(query: { search?: string }): Promise<string[]> {
  const { rooms } = await mallory.call(listDirectory, { query })
  return rooms.map(({ name }) => name)
}

async function make(kind: 'open' | 'closed', name: string, topic = ''): Promise<void> {
  await alice.send('POST', '/v1/rooms', { kind, name, topic })
}
