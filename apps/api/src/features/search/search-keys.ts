import { SEARCHED_THINGS, type SearchedThing } from '@conclave/shared/search'
import type { Message } from '@conclave/shared/messages'
import { DENSE } from './folded-text.ts'

/** Beginnings of words that are keys, in letters; what is longer is found by the longest of them and compared. */
const BEGINNINGS = [2, 3, 4, 5, 6, 7, 8, 12]
/**
 * Spans of time that are keys, as powers of two in seconds: about an hour, nine hours, three days, three weeks, half a year,
 * four years, 34 years. A search for what is said all the time looks into the last ones only.
 */
export const SPANS = [12, 15, 18, 21, 24, 27, 30] as const

/** The numbers by which a message is found that has these folded words. */
export function keysOfMessage(message: Message, words: string): number[] {
  const { roomId, authorId, createdAt } = message
  return [
    ...new Set([
      ...words.split(' ').flatMap(beginningsOf).map(wordKey),
      roomKey(roomId),
      authorKey(authorId),
      ...SPANS.map((span) => spanKey(span, spanOf(span, Date.parse(createdAt)))),
      ...SEARCHED_THINGS.filter((thing) => HAS[thing](message)).map(thingKey),
    ]),
  ]
}

/** The keys that a message has in any case if a word of it begins like this one; none for a single letter. */
export function keysOfWord(word: string): number[] {
  const letters = Array.from(word)
  if (DENSE.test(word)) return pairsOf(letters).map(wordKey)
  const longest = BEGINNINGS.findLast((length) => length <= letters.length)
  return longest === undefined ? [] : [wordKey(letters.slice(0, longest).join(''))]
}

export function roomKey(roomId: string): number {
  return hash(`room ${roomId}`)
}

export function authorKey(authorId: string): number {
  return hash(`author ${authorId}`)
}

export function thingKey(thing: SearchedThing): number {
  return hash(`has ${thing}`)
}

export function spanKey(span: number, nth: number): number {
  return hash(`span ${span} ${nth}`)
}

/** Which of these spans this time is in. */
export function spanOf(span: number, atMs: number): number {
  return Math.floor(atMs / 1000 / 2 ** span)
}

const HAS: Record<SearchedThing, (message: Message) => boolean> = {
  link: ({ text }) => /https?:\/\/[^\s]|\bwww\.[^\s]/i.test(text),
  code: ({ text }) => /```|`[^`\n]+`/.test(text),
  mention: ({ mentions, notifies }) => mentions !== undefined || notifies !== undefined,
  reply: ({ replyTo }) => replyTo !== undefined,
  emoji: ({ text }) => /\p{Emoji_Presentation}|\p{Emoji}\ufe0f/u.test(text),
}

function beginningsOf(word: string): string[] {
  const letters = Array.from(word)
  if (DENSE.test(word)) return pairsOf(letters)
  return BEGINNINGS.filter((length) => length <= letters.length).map((length) =>
    letters.slice(0, length).join(''),
  )
}

function pairsOf(letters: readonly string[]): string[] {
  return letters.slice(1).map((letter, nth) => `${letters[nth] ?? ''}${letter}`)
}

function wordKey(word: string): number {
  return hash(`word ${word}`)
}

/** FNV-1a, as a signed number of 32 bits. Two things with one number cost a comparison, and nothing else. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let at = 0; at < text.length; at += 1)
    value = Math.imul(value ^ text.charCodeAt(at), 0x01000193)
  return value | 0
}
