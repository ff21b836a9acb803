import type { Call } from '@conclave/shared/client'
import type { Message, MessagePage } from '@conclave/shared/messages'
import { createDigestOf, DIGEST_VERSION } from '@conclave/shared/messages.digest'
import { quoteOf, type HeldQuotes } from '@conclave/shared/quotes.fold'
import type { Room, Rooms } from '@conclave/shared/rooms'
import { ALICE, GENERAL, NOON } from '@conclave/shared/examples'
import { QueryClient } from '@tanstack/query-core'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { nodeEnvironment } from '../../node/node-environment.ts'
import { messagesKey, quotesKey } from '../keys/messages.keys.ts'
import { ROOMS_KEY } from '../keys/rooms.keys.ts'
import { createPeopleLoader } from '../people/people-loader.ts'
import { DESIGN, lookAt, member, message, page, room, roomsAt } from './replica.examples.ts'
import type { Target } from './my-streams.ts'
import { createReplica, type Replica } from './replica.ts'

const { sha256 } = nodeEnvironment
const EVERYTHING = new Set(['person', 'loaded'] as const)
const GENERAL_CHANNEL = { kind: 'room', roomId: GENERAL, epoch: 3 } as const

const NOTHING = { reset: false, messages: [], members: [], left: [] }

let queryClient: QueryClient
let server: ReturnType<typeof serverWith>
let replica: Replica
let resyncs: Target[]
let fetchMissing: Replica['fetchMissing']

beforeEach(() => {
  // Only the clock: hashing is real.
  vi.useFakeTimers({ toFake: ['performance'] })
  queryClient = new QueryClient()
  server = serverWith([message(1), message(2)])
  resyncs = []
  replica = createReplica({
    queryClient,
    call: server.call,
    people: createPeopleLoader({ call: server.call, queryClient }),
    environment: nodeEnvironment,
    myId: ALICE,
    resync: (target) => resyncs.push(target),
  })
  fetchMissing = replica.fetchMissing
  queryClient.setQueryData<Rooms>(ROOMS_KEY, roomsAt(5, server.room()))
  queryClient.setQueryData<MessagePage>(messagesKey(GENERAL), page(...server.history))
})
afterEach(() => vi.useRealTimers())

describe('the replica agrees with the server', () => {
  test('one request compares a room in which nothing changed', async () => {
    const before = queryClient.getQueryData(messagesKey(GENERAL))
    await fetchMissing(EVERYTHING)
    expect(server.requests.map((path) => path.replace(/known=\w+/, 'known'))).toEqual([
      '/v1/look?rev=5&known',
      '/v1/rooms/:roomId/changes?after=2&from=1&to=2',
    ])
    expect(queryClient.getQueryData(messagesKey(GENERAL))).toBe(before)
  })

  test('one request catches up and compares', async () => {
    server.history.push(message(3))
    await fetchMissing(EVERYTHING)
    expect(texts()).toEqual(['message 1', 'message 2', 'message 3'])
    expect(server.requests).toHaveLength(2)
  })

  test('an event that arrives during the request is not a difference', async () => {
    server.during('/v1/rooms/:roomId/changes', () => tell(message(3)))
    await fetchMissing(EVERYTHING)
    expect(texts()).toEqual(['message 1', 'message 2', 'message 3'])
    expect(server.repairs()).toBe(0)
  })

  test('an event of a newer server is caught up, and not reported as a forgery', async () => {
    server.history[0] = message(1, { rev: 3, text: 'said better' })
    hear(3, 'message.danced', {})
    expect(general()?.rev).toBe(3)
    await fetchMissing(new Set([`room:${GENERAL}`] as const))
    expect(texts()).toEqual(['said better', 'message 2'])
    expect(general()).toEqual(server.room())
    expect(server.repairs()).toBe(0)

    tell(message(3, { rev: 4 }))
    expect(texts()).toEqual(['said better', 'message 2', 'message 3'])
    expect(general()).toMatchObject({ rev: 4, lastSeq: 3 })
  })

  test('an event between such an event and the answer to it is not lost', async () => {
    server.history[0] = message(1, { rev: 3, text: 'said better' })
    server.line.topic = 'what a newer server changes'
    hear(3, 'room.danced', {})
    server.during('/v1/rooms/:roomId', () => tell(message(3, { rev: 4 })))
    await fetchMissing(new Set([`room:${GENERAL}`] as const))
    await fetchMissing(new Set([`room:${GENERAL}`] as const))
    expect(general()).toEqual(server.room())
    expect(texts()).toEqual(['said better', 'message 2', 'message 3'])
  })

  test('a forged event of an unknown type moves the room on only until the next fetch', async () => {
    hear(3, 'message.danced', {})
    await fetchMissing(new Set([`room:${GENERAL}`] as const))
    expect(general()).toEqual(server.room())
    tell(message(3))
    expect(general()).toMatchObject({ rev: 3, lastSeq: 3 })
    expect(server.repairs()).toBe(0)
  })

  test('events that arrive during a catch-up are shown with it, in order and at once', async () => {
    const missed = [message(3), message(4)]
    server.history.push(...missed)
    server.during('/v1/rooms/:roomId/changes', () => [5, 6].forEach((seq) => tell(message(seq))))
    hear(4, 'message.posted', message(4))
    await fetchMissing(new Set([`room:${GENERAL}`] as const))
    expect(texts()).toEqual([1, 2, 3, 4, 5, 6].map((seq) => `message ${seq}`))
    expect(general()).toEqual(server.room())
    expect(server.requests.filter((path) => path.includes('changes'))).toHaveLength(1)
    // The answer had what was missing before them, so nothing has to be fetched again.
    expect(resyncs).toEqual([`room:${GENERAL}`])
  })

  test('an event after a gap in a room that is not being fetched, or whose fetch fails, causes a fetch', async () => {
    server.history.push(message(3))
    server.during('/v1/look', () => hear(4, 'message.posted', message(4)))
    await fetchMissing(new Set(['person'] as const))
    expect(resyncs).toEqual([`room:${GENERAL}`])
    server.during('/v1/rooms/:roomId/changes', () => {
      hear(4, 'message.posted', message(4))
      throw new TypeError('Failed to fetch')
    })
    await expect(fetchMissing(new Set([`room:${GENERAL}`] as const))).rejects.toThrow('Failed')
    expect(resyncs).toEqual([`room:${GENERAL}`, `room:${GENERAL}`])
  })

  test('a forged event far ahead during a fetch is neither shown nor kept', async () => {
    server.during('/v1/rooms/:roomId/changes', () => hear(9, 'message.posted', forgery(9)))
    await fetchMissing(EVERYTHING)
    for (const seq of [3, 4, 5, 6, 7, 8]) tell(message(seq))
    await fetchMissing(EVERYTHING)
    expect(texts()).not.toContain('never said')
    expect(server.repairs()).toBe(0)
  })

  test('rooms that were never opened are not fetched, and never very many at once', async () => {
    const quiet = { rev: 0, lastSeq: 0, readSeq: 0 }
    const rooms = Array.from({ length: 30 }, (_, nth) => room({ ...quiet, id: `${DESIGN}${nth}` }))
    for (const { id } of rooms) queryClient.setQueryData<MessagePage>(messagesKey(id), page())
    server.others.push(...rooms, room({ id: DESIGN }))
    await fetchMissing(EVERYTHING)
    expect(server.requests.filter((path) => path.includes('changes'))).toHaveLength(20)
  })
})

describe('the replica differs from the server', () => {
  test('a forged message is gone, and everything is as after a fresh load', async () => {
    forge(forgery(3))
    expect(texts()).toEqual(['message 1', 'message 2', 'never said'])
    await fetchMissing(EVERYTHING)
    expect(texts()).toEqual(['message 1', 'message 2'])
    expect(queryClient.getQueryData(messagesKey(GENERAL))).toEqual(server.page())
    expect(general()).toEqual(server.room())
    expect(server.repairs()).toBe(1)
  })

  test('the message that a forged one replaced is there again', async () => {
    forge(forgery(3))
    tell(message(3))
    expect(texts()).toEqual(['message 1', 'message 2', 'never said'])
    await fetchMissing(EVERYTHING)
    expect(texts()).toEqual(['message 1', 'message 2', 'message 3'])
    expect(server.repairs()).toBe(1)
  })

  test('so is a message that a forged event of another kind hid', async () => {
    hear(3, 'member.joined', member(ALICE))
    tell(message(3))
    expect(texts()).toEqual(['message 1', 'message 2'])
    await fetchMissing(EVERYTHING)
    expect(texts()).toEqual(['message 1', 'message 2', 'message 3'])
    expect(server.repairs()).toBe(1)
  })

  test('a room that nobody has open is no longer marked unread because of a forged message', async () => {
    queryClient.removeQueries({ queryKey: messagesKey(GENERAL) })
    forge(forgery(3))
    expect(general()?.lastSeq).toBe(3)
    await fetchMissing(new Set(['person'] as const))
    expect(general()).toEqual(server.room())
  })

  test('nor is one that was fetched without the list of rooms', async () => {
    forge(forgery(3))
    await fetchMissing(new Set(['loaded'] as const))
    expect(general()).toEqual(server.room())
    expect(texts()).toEqual(['message 1', 'message 2'])
  })

  test('a forged message whose seq the api does not accept is found too', async () => {
    const nowhere = { ...forgery(3), seq: Number.MAX_SAFE_INTEGER }
    queryClient.setQueryData(messagesKey(GENERAL), page(...server.history, nowhere))
    await fetchMissing(EVERYTHING)
    expect(texts()).toEqual(['message 1', 'message 2'])
    expect(server.repairs()).toBe(1)
  })

  test('a message posted while the page is loaded again is not lost', async () => {
    forge(forgery(3))
    server.during('/v1/rooms/:roomId/messages', () => tell(message(3)))
    await fetchMissing(EVERYTHING)
    expect(texts()).toEqual(['message 1', 'message 2', 'message 3'])
  })

  test('every forgery after a comparison that agreed is repaired at once', async () => {
    for (const times of [1, 2, 3]) {
      forge(forgery(3))
      await fetchMissing(EVERYTHING)
      expect(texts()).toEqual(['message 1', 'message 2'])
      expect(server.repairs()).toBe(times)
    }
  })

  test('a page that could not be loaded is loaded by the next fetch', async () => {
    forge(forgery(3))
    server.during('/v1/rooms/:roomId/messages', () => {
      throw new TypeError('Failed to fetch')
    })
    await expect(fetchMissing(EVERYTHING)).rejects.toThrow('Failed to fetch')
    await fetchMissing(EVERYTHING)
    expect(texts()).toEqual(['message 1', 'message 2'])
  })

  test('a difference that loading does not fix is repaired with growing waits', async () => {
    server.breakDigests()
    const repairsAfter: number[] = []
    for (const seconds of [0, 0, 59, 1, 60, 60, 3_600]) {
      vi.advanceTimersByTime(seconds * 1_000)
      await fetchMissing(EVERYTHING)
      repairsAfter.push(server.repairs())
    }
    expect(repairsAfter).toEqual([1, 1, 1, 2, 2, 3, 4])
  })
})

/** Ten messages, of which the page has the third to the sixth. */
describe('a run that does not reach the end', () => {
  beforeEach(() => {
    for (let seq = 3; seq <= 10; seq += 1) server.history.push(message(seq))
    queryClient.setQueryData<Rooms>(ROOMS_KEY, roomsAt(5, server.room()))
    queryClient.setQueryData<MessagePage>(messagesKey(GENERAL), past(3, 4, 5, 6))
  })

  test('is compared, and nothing differs', async () => {
    await fetchMissing(EVERYTHING)
    expect(server.requests).toContain('/v1/rooms/:roomId/changes?after=10&from=3&to=6')
    expect(held()).toEqual(past(3, 4, 5, 6))
    expect(server.repairs()).toBe(0)
  })

  test('takes neither what is posted, nor what changes outside of it, but is up to date', async () => {
    tell(message(11))
    expect(resyncs).toEqual([])
    change(message(1, { rev: 12, text: 'far above' }))
    change(message(9, { rev: 13, text: 'far below' }))
    change(message(4, { rev: 14, text: 'said better', editedAt: NOON }))
    expect(held()).toEqual({ ...past(3, 4, 5, 6), rev: 14 })
    await fetchMissing(EVERYTHING)
    expect(server.repairs()).toBe(0)
  })

  test('is caught up by what changed in it', async () => {
    server.history.push(message(11))
    server.history[3] = message(4, { rev: 12, text: 'said better' })
    await fetchMissing(EVERYTHING)
    expect(held()).toEqual({ ...past(3, 4, 5, 6), rev: 12 })
    expect(server.repairs()).toBe(0)
  })

  test('is loaded again where it is when it differs, and so its reader stays there', async () => {
    queryClient.setQueryData<MessagePage>(messagesKey(GENERAL), {
      ...past(3, 4, 5, 6),
      messages: [...past(3, 4).messages, { ...message(5), text: 'never said' }, message(6)],
    })
    await fetchMissing(EVERYTHING)
    expect(server.repairs()).toBeGreaterThan(0)
    expect(held()).toEqual(past(3, 4, 5, 6))
  })

  test('is loaded again where it is when too much was missed', async () => {
    server.forgetChangesBefore(20)
    server.history.push(message(11, { rev: 25 }))
    await fetchMissing(EVERYTHING)
    expect(held()).toEqual({ ...past(3, 4, 5, 6), rev: 25 })
    expect(server.repairs()).toBe(0)
  })
})

describe('what replies quote', () => {
  beforeEach(() => {
    queryClient.setQueryData<HeldQuotes>(quotesKey(GENERAL), {
      rev: 2,
      byId: { [message(1).id]: quoteOf(message(1)) },
    })
  })

  test('changes with its message, by an event and by a catch-up', async () => {
    change(message(1, { rev: 3, text: 'said better', editedAt: NOON }))
    expect(quoted()).toBe('said better')
    server.history[0] = message(1, { rev: 4, text: 'said well' })
    await fetchMissing(EVERYTHING)
    expect(quoted()).toBe('said well')
  })

  test('is what the server has, whatever an event said', async () => {
    queryClient.setQueryData<MessagePage>(messagesKey(GENERAL), {
      ...page(message(2)),
      reachesStart: false,
    })
    hear(3, 'message.changed', message(1, { rev: 3, text: 'never said', editedAt: NOON }))
    expect(quoted()).toBe('never said')
    // The true event of this revision is taken for a repeat.
    tell(message(3))
    await fetchMissing(EVERYTHING)
    expect(quoted()).toBe('message 1')
  })

  test('is of its author, and is not there again once it was removed', () => {
    hear(3, 'message.changed', message(1, { rev: 3, authorId: ALICE }))
    expect(quoted()).toBe('message 1')
    change(message(1, { rev: 3, text: '', removed: { at: NOON, by: 'author' } }))
    hear(4, 'message.changed', message(1, { rev: 4, text: 'again' }))
    expect(quoted()).toBe('')
    expect(resyncs).toEqual([`room:${GENERAL}`, `room:${GENERAL}`])
  })

  test('is loaded again when too much was missed', async () => {
    server.forgetChangesBefore(20)
    server.history[0] = message(1, { rev: 25, text: 'said better' })
    await fetchMissing(EVERYTHING)
    expect(quoted()).toBe('said better')
  })
})

function past(...seqs: number[]): MessagePage {
  const messages = seqs.map((seq) => server.history[seq - 1]!)
  return { messages, rev: 10, reachesStart: false, reachesEnd: false }
}

function held(): MessagePage | undefined {
  return queryClient.getQueryData<MessagePage>(messagesKey(GENERAL))
}

function quoted(): string | undefined {
  return queryClient.getQueryData<HeldQuotes>(quotesKey(GENERAL))?.byId[message(1).id]?.text
}

/** A message changes on the server, and its event is delivered. */
function change({ ...changed }: Message): void {
  if (!changed.removed) changed.editedAt = NOON
  server.history[changed.seq - 1] = changed
  hear(changed.rev, 'message.changed', changed)
}

function texts(): string[] | undefined {
  return queryClient
    .getQueryData<MessagePage>(messagesKey(GENERAL))
    ?.messages.map(({ text }) => text)
}

function general(): Room | undefined {
  return queryClient.getQueryData<Rooms>(ROOMS_KEY)?.rooms.find(({ id }) => id === GENERAL)
}

function forgery(seq: number): Message {
  return message(seq, { id: message(99).id, text: 'never said' })
}

/** Posts a message on the server and delivers its event. */
function tell(posted: Message): void {
  server.history.push(posted)
  hear(posted.rev, 'message.posted', posted)
}

/** The broker delivers an event that the server never published. */
function forge(posted: Message): void {
  hear(3, 'message.posted', posted)
}

function hear(rev: number, type: string, data: unknown): void {
  const envelope = { v: 1, room: GENERAL, epoch: 3, rev, type, at: NOON, data }
  replica.receive([{ channel: GENERAL_CHANNEL, wire: envelope }])
}

/** The part of the api that catching up General uses. */
function serverWith(history: Message[]) {
  const requests: string[] = []
  const others = [] as Rooms['rooms']
  const line: Partial<Room> = {}
  const once = new Map<string, () => void>()
  let digestOf = createDigestOf(sha256)
  let knownAfter = 0

  const rev = () => Math.max(...history.map((said) => said.rev))
  const general = () => room({ rev: rev(), lastSeq: history.length, ...line })
  async function changes({ after = '', from = '', to = '' }: Record<string, string>) {
    if (Number(after) > rev() || Number(after) < knownAfter) return { reset: true, rev: rev() }
    const run = history.slice(Number(from) - 1, Number(to))
    const messages = history.filter((said) => said.rev > Number(after))
    const digest =
      from === '' ? {} : { runDigest: { version: DIGEST_VERSION, sha256: await digestOf(run) } }
    return { ...NOTHING, rev: rev(), lastSeq: history.length, messages, ...digest }
  }
  function pageAfter({ after = '', limit = '' }: Record<string, string>): MessagePage {
    if (after === '') return page(...history)
    const from = Number(after)
    const messages = history.slice(from, from + Number(limit))
    const reachesEnd = from + messages.length === history.length
    return { messages, rev: rev(), reachesStart: from === 0, reachesEnd }
  }
  function quotes({ ids = '' }: Record<string, string>) {
    const quoted = history.filter(({ id }) => ids.split(',').includes(id))
    return { rev: rev(), quotes: quoted.map(quoteOf) }
  }
  async function answer(path: string, roomId: string, query: Record<string, string>) {
    if (path === '/v1/look') return lookAt(5, general(), ...others)
    const other = others.find(({ id }) => id === roomId)
    if (other) return { ...NOTHING, rev: other.rev, lastSeq: other.lastSeq }
    if (path === '/v1/rooms/:roomId') return general()
    if (path === '/v1/rooms/:roomId/messages') return pageAfter(query)
    if (path === '/v1/rooms/:roomId/quotes') return quotes(query)
    return changes(query)
  }

  const call = async (
    { path }: { path: string },
    { params = {}, query = {} }: Record<string, Record<string, string>>,
  ) => {
    const search = new URLSearchParams(query).toString()
    requests.push(search ? `${path}?${search}` : path)
    const answered = await answer(path, params['roomId'] ?? '', query)
    const happen = once.get(path)
    once.delete(path)
    happen?.()
    return answered
  }
  return {
    history,
    line,
    requests,
    others,
    call: call as unknown as Call,
    room: general,
    page: () => page(...history),
    repairs: () => requests.filter((path) => path.includes('repair=true')).length,
    /** Calls `happen` between the next answer of this path and its arrival. */
    during: (path: string, happen: () => void) => void once.set(path, happen),
    /** The server knows no changes from before this revision any more. */
    forgetChangesBefore: (rev: number) => void (knownAfter = rev),
    breakDigests: () => (digestOf = async () => 'f'.repeat(64)),
  }
}
