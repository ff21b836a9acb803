import { ProblemError } from '@conclave/shared/client'
import type { Reaction } from '@conclave/shared/messages'
import { PROBLEMS, type ProblemSlug } from '@conclave/shared/problems'
import { isEmoji, type SetReaction } from '@conclave/shared/reactions'
import { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ALICE, BOB } from '@conclave/shared/examples'
import { PALETTE } from './ReactionPopups.tsx'
import {
  namesOf,
  shownReactions,
  type ShownReaction,
  type Wishes,
  wishesIn,
} from './reactions.wishes.ts'

const ROOM = 'of-both'
const MESSAGE = 'of-somebody'
const BOBS: Reaction = { emoji: '👍', count: 1, people: [BOB] }

type Answer = { rev: number; reactions: Reaction[] }

/** What was asked of the server and has no answer yet, oldest first. */
let asked: { wish: SetReaction; answer: (answer: Answer) => void; fail: (error: unknown) => void }[]
let refused: SetReaction[]
let wishes: Wishes
let queryClient: QueryClient
let server: Parameters<typeof wishesIn>[2]

afterEach(() => vi.useRealTimers())
beforeEach(() => {
  vi.useFakeTimers()
  asked = []
  refused = []
  server = {
    set: (_, wish) =>
      new Promise((answer, fail) => {
        asked.push({ wish, answer, fail })
      }),
    list: async () => ({ rev: 9, reactions: [{ ...crowd(12), mine: true }] }),
    onRefused: (wish) => refused.push(wish),
  }
  queryClient = new QueryClient()
  wishes = wishesIn(queryClient, ROOM, server)
})

function crowd(count: number): Reaction {
  return { emoji: '👍', count, people: Array.from({ length: 10 }, (_, nth) => `person-${nth}`) }
}

function react(reacted: boolean, emoji = '👍'): void {
  wishes.wish(MESSAGE, { emoji, reacted })
}

/** Below the message as the room's page has it. */
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
  test('is shown before the server knows of it, and after it does, and once its event has come', async () => {
    react(true)
    expect(shown(3)).toEqual([mine])
    await answered(0, 4, { emoji: '👍', count: 1, people: [ALICE] })
    expect(shown(3)).toEqual([mine])
    expect(shown(4, { emoji: '👍', count: 1, people: [ALICE] })).toEqual([mine])
    // What others did since is newer than the answer.
    expect(shown(5)).toEqual([])
  })

  test('joins what others want, and leaves it to them', () => {
    react(true)
    expect(shown(3, BOBS)).toEqual([{ emoji: '👍', count: 2, people: [BOB, ALICE], mine: true }])
    react(false)
    expect(shown(3, BOBS)).toEqual([{ ...BOBS, mine: false }])
  })

  test('is what I wanted last, in as few requests as there can be', async () => {
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

  test('is still shown, and wanted once, when I come back to the room', async () => {
    react(true)
    wishes = wishesIn(queryClient, 'another', server)
    expect(shown(3)).toEqual([])
    wishes = wishesIn(queryClient, ROOM, server)
    expect(shown(3)).toEqual([mine])
    react(false)
    expect(asked).toHaveLength(1)
  })

  test('of another emoji waits for nothing', async () => {
    react(true)
    react(true, '🎉')
    expect(asked.map(({ wish }) => wish.emoji)).toEqual(['👍', '🎉'])
    await answered(1, 5, BOBS, { emoji: '🎉', count: 1, people: [ALICE] })
    // An answer that was overtaken takes nothing back.
    await answered(0, 4, { emoji: '👍', count: 2, people: [BOB, ALICE] })
    expect(shown(3).map(({ emoji }) => emoji)).toEqual(['👍', '🎉'])
  })

  test('is undone when it is refused, and I hear of it once', async () => {
    react(true)
    await failed(0, problem('room-archived'))
    expect([shown(3, BOBS), refused]).toEqual([
      [{ ...BOBS, mine: false }],
      [{ emoji: '👍', reacted: true }],
    ])
    react(true)
    expect(asked).toHaveLength(2)
  })

  test('is tried again while the server is away for a moment, and undone when it stays away', async () => {
    react(true)
    for (let nth = 0; nth < 3; nth += 1) {
      await failed(nth, new TypeError('Failed to fetch'))
      expect(shown(3)).toEqual([mine])
      // A page that is too old is not reloaded meanwhile.
      expect(queryClient.isMutating()).toBe(1)
      await vi.advanceTimersByTimeAsync(2_000)
    }
    expect(asked).toHaveLength(4)
    await failed(3, problem('unavailable'))
    expect([shown(3), refused]).toEqual([[], [{ emoji: '👍', reacted: true }]])
    expect(queryClient.isMutating()).toBe(0)
  })

  test('is not held up for as long as a limit lasts', async () => {
    react(true)
    await failed(0, problem('slow-down', 20))
    expect([shown(3), refused.length]).toEqual([[], 1])
  })
})

describe('of more people than are named', () => {
  test('whether I am one of them is asked, and known from then on', async () => {
    expect(shown(9, crowd(12))).toEqual([{ ...crowd(12), mine: false }])
    await wishes.list(MESSAGE, 9)
    expect(shown(9, crowd(12))).toEqual([{ ...crowd(12), mine: true }])
    react(false)
    expect(shown(9, crowd(12))).toEqual([{ ...crowd(11), mine: false }])
    await answered(0, 10, crowd(11))
    expect(shown(10, crowd(11))).toEqual([{ ...crowd(11), mine: false }])
  })

  test('nobody is named who may not be next', () => {
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
    ['You, Bob, and 1 other', { people: [BOB, ALICE, 'gone'], count: 3, mine: true }],
    ['Bob and 4,998 others', { count: 4_999 }],
    ['1 person', { people: ['gone'] }],
    ['12 people', { people: [], count: 12 }],
  ])('%s', (names, reaction) => {
    expect(named(reaction)).toBe(names)
  })
})

test('everything on the palette is an emoji that the server takes, once, with a name', () => {
  expect(PALETTE).toHaveLength(24)
  expect(PALETTE.filter(([emoji]) => !isEmoji(emoji))).toEqual([])
  expect(new Set(PALETTE.flat()).size).toBe(48)
})

function problem(slug: ProblemSlug, retryAfterSeconds?: number): ProblemError {
  const { status, title } = PROBLEMS[slug]
  const document = { type: `/problems/${slug}`, title, status, instance: 'request' }
  return new ProblemError(slug, document, retryAfterSeconds)
}
