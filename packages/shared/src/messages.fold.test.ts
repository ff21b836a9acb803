import { describe, expect, it } from 'vitest'
import { follow, type RoomEvent } from './events.ts'
import { NOON } from './examples.ts'
import { MEMBER_EVENTS } from './members.examples.ts'
import { messageAt, page } from './messages.examples.ts'
import {
  catchUpMessages,
  foldMessages,
  joinPages,
  shortened,
  withAnswered,
} from './messages.fold.ts'
import type { MessagePage, RoomChanges } from './messages.ts'

function posted(seq: number, rev: number): RoomEvent {
  return { type: 'message.posted', data: messageAt(seq, rev) }
}

/** Handles an event as a client does. */
function receive(state: MessagePage, event: RoomEvent, rev: number): MessagePage {
  return follow(state.rev, rev) === 'next' ? foldMessages(state, event, rev) : state
}

function changes(rev: number, ...messages: ReturnType<typeof messageAt>[]): RoomChanges {
  return { reset: false, rev, lastSeq: messages.at(-1)?.seq ?? 0, messages, members: [], left: [] }
}

const seqs = (state: MessagePage | undefined) => state?.messages.map(({ seq }) => seq)

describe('a page of messages', () => {
  it('takes the next message at its end', () => {
    const after = foldMessages(page, posted(3, 6), 6)
    expect(after).toEqual({ ...page, rev: 6, messages: [...page.messages, messageAt(3, 6)] })
  })

  it('is not modified: a fold returns a new state', () => {
    const before = structuredClone(page)
    foldMessages(page, posted(3, 6), 6)
    expect(page).toEqual(before)
  })

  it('is the same after an event that arrives twice', () => {
    const once = receive(page, posted(3, 6), 6)
    expect(receive(once, posted(3, 6), 6)).toBe(once)
  })

  it('has a message once even when it is folded again at a later revision', () => {
    const once = foldMessages(page, posted(3, 6), 6)
    expect(seqs(foldMessages(once, posted(3, 6), 7))).toEqual([1, 2, 3])
  })

  it('replaces a message that has changed', () => {
    const after = foldMessages(
      page,
      { type: 'message.changed', data: messageAt(1, 6, { text: 'New' }) },
      6,
    )
    expect(after.messages.map(({ text }) => text)).toEqual(['New', 'Message 2'])
  })

  it('does not take a change of an older message above it: there would be a gap', () => {
    const later = { ...page, messages: [messageAt(3, 5)], reachesStart: false }
    expect(
      seqs(foldMessages(later, { type: 'message.changed', data: messageAt(1, 6) }, 6)),
    ).toEqual([3])
  })

  it('takes a message whose first event was superseded', () => {
    const waiting = foldMessages(page, { type: 'message.superseded', data: {} }, 6)
    expect(waiting).toEqual({ ...page, rev: 6 })
    expect(
      seqs(foldMessages(waiting, { type: 'message.changed', data: messageAt(3, 7) }, 7)),
    ).toEqual([1, 2, 3])
  })

  it('counts a change that is not about messages', () => {
    const [joined] = MEMBER_EVENTS
    if (!joined) throw new Error('there is an example')
    expect(foldMessages(page, joined, 6)).toEqual({ ...page, rev: 6 })
  })

  it('that ends in the past stays a run without gaps', () => {
    const past = { ...page, reachesEnd: false }
    expect(foldMessages(past, posted(9, 6), 6)).toEqual({ ...past, rev: 6 })
  })
})

describe('catching up', () => {
  it('gives what the events would have given', () => {
    const live = [posted(3, 6), posted(4, 7)].reduce(
      (state, event, index) => receive(state, event, 6 + index),
      page,
    )
    expect(catchUpMessages(page, changes(7, messageAt(3, 6), messageAt(4, 7)))).toEqual(live)
  })

  it('replaces messages by their newer state', () => {
    const news = messageAt(2, 6, { text: 'Said better' })
    expect(catchUpMessages(page, changes(6, news))?.messages).toEqual([page.messages[0], news])
  })

  it('never replaces a message by an older state', () => {
    const older = messageAt(2, 4, { text: 'Not yet said better' })
    expect(catchUpMessages(page, changes(6, older))?.messages).toEqual(page.messages)
  })

  it('changes nothing when the page is newer than the answer', () => {
    expect(catchUpMessages(page, changes(4, messageAt(1, 3)))).toBe(page)
    expect(catchUpMessages(page, changes(5, messageAt(2, 5)))).toBe(page)
  })

  it('adds nothing after a page that does not reach the end, but updates its messages', () => {
    const past = { ...page, reachesEnd: false }
    const news = messageAt(1, 6, { text: 'Said better' })
    const after = catchUpMessages(past, changes(7, news, messageAt(9, 7)))
    expect(after).toEqual({ ...past, rev: 7, messages: [news, past.messages[1]] })
  })

  it('adds nothing before a page that begins later', () => {
    const late = { ...page, messages: [messageAt(2, 5)], reachesStart: false }
    const after = catchUpMessages(
      late,
      changes(7, messageAt(1, 6, { text: 'Said better' }), messageAt(3, 7)),
    )
    expect(seqs(after)).toEqual([2, 3])
  })

  it('asks for a fresh page when too much has changed', () => {
    expect(catchUpMessages(page, { reset: true, rev: 900 })).toBeUndefined()
  })
})

describe('two adjoining pages', () => {
  const older: MessagePage = {
    messages: [messageAt(1, 3), messageAt(2, 5)],
    rev: 9,
    reachesStart: true,
    reachesEnd: false,
  }
  const newer: MessagePage = {
    messages: [messageAt(3, 6), messageAt(4, 7)],
    rev: 7,
    reachesStart: false,
    reachesEnd: true,
  }

  it('join into one, in order, with the ends of both', () => {
    const joined = joinPages(older, newer)
    expect(seqs(joined)).toEqual([1, 2, 3, 4])
    expect(joined).toMatchObject({ reachesStart: true, reachesEnd: true })
  })

  it('have the revision of the one that is behind', () => {
    expect(joinPages(older, newer)?.rev).toBe(7)
    expect(joinPages({ ...older, rev: 2 }, newer)?.rev).toBe(2)
  })

  it('that overlap keep the newer revision of a message, from either side', () => {
    const news = messageAt(2, 8, { text: 'Said better' })
    const overlapping = { ...newer, messages: [news, ...newer.messages] }
    expect(joinPages(older, overlapping)?.messages[1]).toEqual(news)
    const mended = { ...older, messages: [messageAt(1, 3), news] }
    const behind = { ...newer, messages: [messageAt(2, 5), ...newer.messages] }
    expect(joinPages(mended, behind)?.messages[1]).toEqual(news)
    expect(seqs(joinPages(mended, behind))).toEqual([1, 2, 3, 4])
  })

  it('join in whichever order they come', () => {
    expect(joinPages(newer, older)).toEqual(joinPages(older, newer))
    const within = { ...older, messages: [messageAt(2, 5)], reachesStart: false }
    expect(joinPages(within, older)).toEqual(older)
    expect(joinPages(older, within)).toEqual(older)
  })

  it('do not join with something in between, on either side', () => {
    const far = { ...newer, messages: [messageAt(4, 7)] }
    expect(joinPages(older, far)).toBeUndefined()
    expect(joinPages(far, older)).toBeUndefined()
  })

  it('know from an empty page that there is no more', () => {
    const nothing = { messages: [], rev: 8, reachesStart: false, reachesEnd: true }
    const past = { ...older, reachesEnd: false }
    expect(joinPages(past, nothing)).toEqual({ ...past, rev: 8, reachesEnd: true })
    const first = { ...nothing, reachesStart: true, reachesEnd: false }
    const late = { ...newer, reachesStart: false }
    expect(joinPages(first, late)).toEqual({ ...late, reachesStart: true })
  })
})

describe('a long run', () => {
  const long: MessagePage = {
    messages: [1, 2, 3, 4].map((seq) => messageAt(seq, seq)),
    rev: 4,
    reachesStart: true,
    reachesEnd: true,
  }

  it('is shortened from either side, and says that it does not reach that end any more', () => {
    const upper = shortened(long, { from: 'start', max: 3 })
    expect(seqs(upper)).toEqual([1, 2, 3])
    expect(upper).toMatchObject({ reachesStart: true, reachesEnd: false })
    const lower = shortened(long, { from: 'end', max: 3 })
    expect(seqs(lower)).toEqual([2, 3, 4])
    expect(lower).toMatchObject({ reachesStart: false, reachesEnd: true })
    expect(shortened(long, { from: 'end', max: 4 })).toBe(long)
  })

  it('of the past stays what is stored, whatever is posted and changed after it', () => {
    const upper = shortened(long, { from: 'start', max: 2 })
    const news = messageAt(2, 6, { text: 'Said better' })
    const after = foldMessages(
      foldMessages(upper, posted(5, 5), 5),
      { type: 'message.changed', data: news },
      6,
    )
    expect(after).toEqual({ ...upper, rev: 6, messages: [messageAt(1, 1), news] })
  })
})

describe('an answer about one message', () => {
  const edited = messageAt(2, 8, { text: 'Said better', editedAt: NOON })

  it('is in the page at once, which stays at its revision', () => {
    const answered = withAnswered(page, edited)
    expect(answered).toEqual({ ...page, messages: [page.messages[0], edited] })
    // Its event, and those before it, then change nothing about it.
    const event: RoomEvent = { type: 'message.changed', data: messageAt(2, 6) }
    expect(foldMessages(answered, event, 6)).toEqual({ ...answered, rev: 6 })
  })

  it('changes nothing if the page has a later state, or not that message', () => {
    const later = withAnswered(page, { ...edited, rev: 9 })
    expect(withAnswered(later, edited)).toBe(later)
    expect(withAnswered(page, messageAt(7, 9))).toBe(page)
  })
})
