import { describe, expect, it } from 'vitest'
import { agrees, comparedRun } from './messages.compare.ts'
import { canonicalJson, DIGEST_VERSION, type DigestOf } from './messages.digest.ts'
import { messageAt, page } from './messages.examples.ts'
import {
  COMPARE_MAX_MESSAGES,
  type Message,
  type MessagePage,
  type RoomChanges,
} from './messages.ts'

/** The text that would be hashed, in place of its hash. */
const digestOf: DigestOf = async (messages) => messages.map(canonicalJson).join('\n')

/** The server's answer, from its own messages, to a client with this page. */
async function answer(
  clientPage: MessagePage,
  history: Message[],
  fields: { rev: number; news?: Message[] },
): Promise<RoomChanges> {
  const run = comparedRun(clientPage)
  const asked = history.filter(({ seq }) => run && seq >= run.from && seq <= run.to)
  return {
    reset: false,
    rev: fields.rev,
    lastSeq: history.at(-1)?.seq ?? 0,
    messages: fields.news ?? [],
    members: [],
    left: [],
    ...(run ? { runDigest: { version: DIGEST_VERSION, sha256: await digestOf(asked) } } : {}),
  }
}

/** An answer of a server whose digest is not that of the page. */
async function differing(): Promise<RoomChanges & { reset: false }> {
  const changes = await answer(
    page,
    page.messages.map((message) => ({ ...message, text: 'Else' })),
    { rev: 5 },
  )
  if (changes.reset) throw new Error('nothing was missed')
  return changes
}

/** The page after a forged event. */
function forged(message: Message): MessagePage {
  const others = page.messages.filter(({ id }) => id !== message.id)
  return { ...page, rev: page.rev + 1, messages: [...others, message] }
}

const history = page.messages
const real = messageAt(3, 6)
const forgery = { ...messageAt(3, 6, { text: 'Never said' }), id: messageAt(99, 6).id }

describe('a page agrees with history', () => {
  it('when nothing changed', async () => {
    expect(await agrees(page, await answer(page, history, { rev: 5 }), digestOf)).toBe(true)
  })

  it('when something was missed', async () => {
    const changes = await answer(page, [...history, real], { rev: 6, news: [real] })
    expect(await agrees(page, changes, digestOf)).toBe(true)
  })

  it('when one of its messages has changed', async () => {
    const better = messageAt(2, 6, { text: 'Said better' })
    const changes = await answer(page, [history[0]!, better], { rev: 6, news: [better] })
    expect(await agrees(page, changes, digestOf)).toBe(true)
  })

  it('when it ends in the past', async () => {
    const past = { ...page, reachesEnd: false }
    const changes = await answer(past, [...history, real], { rev: 6, news: [real] })
    expect(await agrees(past, changes, digestOf)).toBe(true)
  })

  it('when it is empty, and so is the room', async () => {
    const empty = { ...page, messages: [] }
    expect(await agrees(empty, await answer(empty, [], { rev: 5 }), digestOf)).toBe(true)
    expect(await agrees(empty, await answer(empty, history, { rev: 5 }), digestOf)).toBe(false)
  })

  it('when the server knows no digests', async () => {
    const { runDigest: _, ...changes } = await differing()
    expect(await agrees(page, changes, digestOf)).toBe(true)
  })

  it('when the server has another version of digests', async () => {
    const changes = await differing()
    const runDigest = { version: DIGEST_VERSION + 1, sha256: changes.runDigest!.sha256 }
    expect(await agrees(page, changes, digestOf)).toBe(false)
    expect(await agrees(page, { ...changes, runDigest }, digestOf)).toBe(true)
  })

  it('when a message has a field that this code does not know', async () => {
    const known = page.messages.map((message) => ({ ...message, mood: 'new' }))
    const changes = await answer(page, known, { rev: 5 })
    expect(await agrees({ ...page, messages: known }, changes, digestOf)).toBe(true)
    expect(await agrees(page, changes, digestOf)).toBe(false)
  })

  it('when too much was missed, so that it is loaded again anyway', async () => {
    expect(await agrees(page, { reset: true, rev: 900 }, digestOf)).toBe(true)
  })
})

describe('a page differs from history', () => {
  it('when it shows a forged message', async () => {
    const clientPage = forged(forgery)
    expect(await agrees(clientPage, { reset: true, rev: 5 }, digestOf)).toBe(false)
  })

  it('when a forged message replaced a real one', async () => {
    const clientPage = forged(forgery)
    const changes = await answer(clientPage, [...history, real], { rev: 6 })
    expect(await agrees(clientPage, changes, digestOf)).toBe(false)
    const later = messageAt(4, 7)
    const more = await answer(clientPage, [...history, real, later], { rev: 7, news: [later] })
    expect(await agrees(clientPage, more, digestOf)).toBe(false)
  })

  it('when a forged event of another kind hid a real message', async () => {
    const clientPage = { ...page, rev: 6 }
    const changes = await answer(clientPage, [...history, real], { rev: 6 })
    expect(await agrees(clientPage, changes, digestOf)).toBe(false)
  })

  it.each([
    ['far after the last', { ...page, messages: [...history, messageAt(99, 6)] }],
    ['before the first', { ...page, messages: [messageAt(0, 6), ...history] }],
    ['twice', { ...page, messages: [...history, { ...forgery, seq: 2 }] }],
    ['alone', { ...page, messages: [messageAt(8, 9)] }],
  ])('when it has a message %s, where none can be', async (_, clientPage) => {
    expect(comparedRun(clientPage)).toBeUndefined()
    expect(
      await agrees(clientPage, await answer(clientPage, clientPage.messages, { rev: 6 }), digestOf),
    ).toBe(false)
  })

  it('when a message has another author, however new it claims to be', async () => {
    const clientPage = forged({ ...messageAt(2, Number.MAX_SAFE_INTEGER), text: 'Never said' })
    const changes = await answer(clientPage, [...history, real], { rev: 6, news: [real] })
    expect(await agrees(clientPage, changes, digestOf)).toBe(false)
  })
})

describe('what is compared', () => {
  it('is the whole page', () => {
    const late = { ...page, messages: [messageAt(8, 9)], reachesStart: false }
    expect(comparedRun(late)).toEqual({ from: 8, to: 8 })
    expect(comparedRun(page)).toEqual({ from: 1, to: 2 })
    expect(comparedRun({ ...page, messages: [] })).toBeUndefined()
  })

  it('is the newest part of a page longer than one comparison', () => {
    const messages = Array.from({ length: COMPARE_MAX_MESSAGES + 1 }, (_, n) => messageAt(n + 1, n))
    expect(comparedRun({ ...page, messages })).toEqual({ from: 2, to: COMPARE_MAX_MESSAGES + 1 })
  })
})
