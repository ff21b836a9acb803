import { ENDPOINTS } from '@conclave/shared/endpoints'
import { PersonEvent, RoomEvent, TeamEvent } from '@conclave/shared/events'
import { listChanges, listMessages, Message } from '@conclave/shared/messages'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { published } from '../../test/data-envelopes.ts'
import {
  catchUpAll,
  contentsOf,
  copyOf,
  fetchReplica,
  receiveAll,
} from '../../test/data-replica.ts'
import { listen } from '../../test/data-listening.ts'
import { miscounted } from '../../test/counted.ts'
import { arrive, type Colleague, newcomer } from '../../test/data-people.ts'
import { GENERAL, roomOf, say } from '../../test/data-rooms.ts'
import { FOLD_CASES, type FoldCase } from '../../test/fold-cases.ts'
import { type Harness, startHarness } from '../../test/harness.ts'

let harness: Harness
let alice: Colleague
let bob: Colleague

beforeAll(async () => {
  harness = await startHarness()
  const [one, two] = await arrive(harness, ['alice', 'bob'])
  alice = one!
  bob = two!
})
/** The fields of the messages that clients were told of, by case. */
const fields = new Map<string, string[]>()
afterAll(async () => {
  await harness.close()
  // With some cases only, some fields may not be seen.
  if (fields.size < Object.keys(FOLD_CASES).length) return
  const missing = 'fields of Message that no message was sent with: is it in message_json?'
  expect(new Set([...fields.values()].flat()), missing).toEqual(
    new Set(Object.keys(Message.properties)),
  )
})

describe('a client that got every event, and one that was away, equal a fresh load after', () => {
  test.each(Object.entries(FOLD_CASES))('%s', async (name, { makes, given, act }: FoldCase) => {
    const mallory = await newcomer(harness)
    await given?.({ harness, alice, mallory })
    const room = await roomOf(alice, 'closed', [bob])
    const message = await say(alice, room.id, 'Said before all that')
    const before = (await published(harness)).length
    const roomIds = [GENERAL, room.id]
    const shown = [alice.id, bob.id, mallory.id]
    const clients = await Promise.all(
      [alice, bob].map(async (person) => fetchReplica(person, roomIds, shown, [message])),
    )
    // Whoever is not connected is not told of new keys.
    await Promise.all([alice, bob].map(listen))
    await act({ harness, alice, bob, mallory, room, message })
    expect(await miscounted(harness.sql)).toEqual([])
    const sent = (await published(harness)).slice(before)
    const told = new Set(sent.map(({ envelope }) => envelope.type))
    // What changes again before it was told of is told of as superseded: a matter of time.
    if (!makes.includes('message.superseded')) told.delete('message.superseded')
    expect(told).toEqual(new Set(makes))
    const messages = sent.filter(({ envelope }) =>
      /^message\.(posted|changed)$/.test(envelope.type),
    )
    fields.set(
      name,
      messages.flatMap(({ envelope }) => Object.keys(envelope.data as object)),
    )
    for (const open of clients) {
      const away = copyOf(open)
      receiveAll(open, sent)
      await catchUpAll(away)
      const now = await fetchReplica(open.person, roomIds, shown, [message])
      expect(contentsOf(open)).toEqual(contentsOf(now))
      expect(contentsOf(away)).toEqual(contentsOf(now))
    }
    const hint = 'people in messages who are not named: is their field in peopleIn?'
    expect(await unnamed(alice, message, { alice, bob, mallory }), hint).toEqual([])
  })
})

test('every event and every action has such a case', () => {
  const events = [...RoomEvent.anyOf, ...TeamEvent.anyOf, ...PersonEvent.anyOf]
  const made = new Set<string>(Object.values(FOLD_CASES).flatMap(({ makes }) => makes))
  expect(made).toEqual(new Set(events.map(({ properties }) => properties.type.const)))
  const actions = Object.entries(ENDPOINTS).filter(([, { method }]) => method !== 'GET')
  expect(Object.keys(FOLD_CASES)).toEqual(expect.arrayContaining(actions.map(([name]) => name)))
})

/** Who is in a page or a catch-up of this message's room without being named in it. */
async function unnamed(
  reader: Colleague,
  { roomId, rev }: Message,
  people: Readonly<Record<string, Colleague>>,
): Promise<string[]> {
  const params = { roomId }
  const page = await reader.call(listMessages, { params, query: {} })
  const changes = await reader.call(listChanges, { params, query: { after: String(rev - 1) } })
  const answers = { page, ...(changes.reset ? {} : { changes }) }
  return Object.entries(answers).flatMap(([answer, { messages, named }]) =>
    Object.entries(people)
      .filter(([, { id }]) => JSON.stringify(messages).includes(id))
      .filter(([, { id }]) => !named?.people.some((person) => person.id === id))
      .map(([name]) => `${name} in the ${answer}`),
  )
}
