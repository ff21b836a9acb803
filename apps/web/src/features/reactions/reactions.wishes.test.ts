import { ProblemError } from '@conclave/shared/client'
import type { Reaction } from '@conclave/shared/messages'
import { PROBLEMS, type ProblemSlug } from '@conclave/shared/problems'
import { isEmoji, type SetReaction } from '@conclave/shared/reactions'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { ALICE, BOB } from '@conclave/shared/examples'
import { PALETTE } from './ReactionPopups.tsx'
import {
  createWishes,
  namesOf,
  shownReactions,
  type ShownReaction,
  type Wishes,
} from './reactions.wishes.ts'

const MESSAGE = 'of-somebody'
const BOBS: Reaction = { emoji: '👍', count: 1, people: [BOB] }

type Answer = { rev: number; reactions: Reaction[] }

/** Requests without an answer yet, oldest first. */
let asked: { wish: SetReaction; answer: (answer: Answer) => void; fail: (error: unknown) => void }[]
let refused: SetReaction[]
let wishes: Wishes

beforeEach(() => {
  vi.useFakeTimers()
  asked = []
  refused = []
  wishes = createWishes({
    set: (_, wish) =>
      new Promise((answer, fail) => {
        asked.push({ wish, answer, fail })
      }),
    list: async () => ({ rev: 9, reactions: [{ ...crowd(12), mine: true }] }),
    onRefused: (wish) => refused.push(wish),
  })
})

function crowd(count: number): Reaction {
  return { emoji: '👍', count, people: Array.from({ length: 10 }, (_, nth) => `person-${nth}`) }
}

function react(reacted: boolean, emoji = '👍'): void {
  wishes.wish(MESSAGE, { emoji, reacted })
}

/** The reactions shown below the message in the room's page. */
function shown(rev: number, ...reactions: Reaction[]): ShownReaction[] {
  return shownReactions({ rev, reactions }, wishes.current().get(MESSAGE), ALICE)
}

async function answered(nth: number, rev: number, ...reactions: Reaction[]): Promise<void> {
  asked[nth]?.answer({ rev, reactions })
  await vi.advanceTimersByTimeAsync(0)
}

async function failed(nth: number, error: unknown): Promise<void> {
  asked[nth]?.fail(error)
  await vi.advanceTimersByTimeAsync(0)
}

const mine = { emoji: '👍', count: 1, people: [ALICE], mine: true }

describe('what I want', () => {
  test('is shown before the request, after its answer, and after its event', async () => {
    react(true)
    expect(shown(3)).toEqual([mine])
    await answered(0, 4, { emoji: '👍', count: 1, people: [ALICE] })
    expect(shown(3)).toEqual([mine])
    expect(shown(4, { emoji: '👍', count: 1, people: [ALICE] })).toEqual([mine])
    // Other people's later reactions are newer than the answer.
    expect(shown(5)).toEqual([])
  })

  test('adds me to a reaction of others, and removes only me', () => {
    react(true)
    expect(shown(3, BOBS)).toEqual([{ emoji: '👍', count: 2, people: [BOB, ALICE], mine: true }])
    react(false)
    expect(shown(3, BOBS)).toEqual([{ ...BOBS, mine: false }])
  })

  test('ends as what I wanted last, with as few requests as possible', async () => {
    for (const reacted of [true, false, true, false, true, false]) react(reacted)
    expect(shown(3)).toEqual([])
    expect(asked.map(({ wish }) => wish.reacted)).toEqual([true])
    await answered(0, 4, { emoji: '👍', count: 1, people: [ALICE] })
    expect(asked.map(({ wish }) => wish.reacted)).toEqual([true, false])
    expect(shown(4, { emoji: '👍', count: 1, people: [ALICE] })).toEqual([])
    await answered(1, 5)
    expect(asked).toHaveLength(2)
    expect(shown(4, { emoji: '👍', count: 1, people: [ALICE] })).toEqual([])
  })

  test('with another emoji is sent without waiting', async () => {
    react(true)
    react(true, '🎉')
    expect(asked.map(({ wish }) => wish.emoji)).toEqual(['👍', '🎉'])
    await answered(1, 5, BOBS, { emoji: '🎉', count: 1, people: [ALICE] })
    // An answer that arrives late undoes nothing.
    await answered(0, 4, { emoji: '👍', count: 2, people: [BOB, ALICE] })
    expect(shown(3).map(({ emoji }) => emoji)).toEqual(['👍', '🎉'])
  })

  test('is undone when it is refused, and I am told once', async () => {
    react(true)
    await failed(0, problem('room-archived'))
    expect([shown(3, BOBS), refused]).toEqual([
      [{ ...BOBS, mine: false }],
      [{ emoji: '👍', reacted: true }],
    ])
    react(true)
    expect(asked).toHaveLength(2)
  })

  test('is retried while the server is down for a moment, and undone when it stays down', async () => {
    react(true)
    for (let nth = 0; nth < 3; nth += 1) {
      await failed(nth, new TypeError('Failed to fetch'))
      expect(shown(3)).toEqual([mine])
      await vi.advanceTimersByTimeAsync(2_000)
    }
    expect(asked).toHaveLength(4)
    await failed(3, problem('unavailable'))
    expect([shown(3), refused]).toEqual([[], [{ emoji: '👍', reacted: true }]])
  })

  test('is undone at once when a limit asks for a long wait', async () => {
    react(true)
    await failed(0, problem('slow-down', 20))
    expect([shown(3), refused.length]).toEqual([[], 1])
  })
})

describe('when more people reacted than are named', () => {
  test('whether I am one of them is fetched, and known from then on', async () => {
    expect(shown(9, crowd(12))).toEqual([{ ...crowd(12), mine: false }])
    await wishes.list(MESSAGE, 9)
    expect(shown(9, crowd(12))).toEqual([{ ...crowd(12), mine: true }])
    react(false)
    expect(shown(9, crowd(12))).toEqual([{ ...crowd(11), mine: false }])
    await answered(0, 10, crowd(11))
    expect(shown(10, crowd(11))).toEqual([{ ...crowd(11), mine: false }])
  })

  test('nobody is named who may not be the next', () => {
    react(true)
    expect(shown(9, crowd(12))).toEqual([{ ...crowd(13), mine: true }])
  })
})

describe('the names', () => {
  const NAMES = new Map([
    [ALICE, 'Alice'],
    [BOB, 'Bob'],
  ])
  const named = (reaction: Partial<ShownReaction>) =>
    namesOf({ ...BOBS, mine: false, ...reaction }, ALICE, (id) => NAMES.get(id))

  test.each([
    ['Bob', {}],
    ['You', { people: [ALICE], mine: true }],
    ['You and Bob', { people: [BOB, ALICE], count: 2, mine: true }],
    ['You, Bob and 1 other', { people: [BOB, ALICE, 'gone'], count: 3, mine: true }],
    ['Bob and 4,998 others', { count: 4_999 }],
    ['1 person', { people: ['gone'] }],
    ['12 people', { people: [], count: 12 }],
  ])('%s', (names, reaction) => {
    expect(named(reaction)).toBe(names)
  })
})

test('everything on the palette is an emoji that the server accepts, once, with a name', () => {
  expect(PALETTE).toHaveLength(24)
  expect(PALETTE.filter(([emoji]) => !isEmoji(emoji))).toEqual([])
  expect(new Set(PALETTE.flat()).size).toBe(48)
})

function problem(slug: ProblemSlug, retryAfterSeconds?: number): ProblemError {
  const { status, title } = PROBLEMS[slug]
  const document = { type: `/problems/${slug}`, title, status, instance: 'request' }
  return new ProblemError(slug, document, retryAfterSeconds)
}
