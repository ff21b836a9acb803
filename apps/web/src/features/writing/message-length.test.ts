import { codePointsIn } from '@conclave/shared/code-points'
import { MESSAGE_MAX_CODE_POINTS } from '@conclave/shared/messages'
import { expect, test } from 'vitest'
import { charsLeft } from './message-length.ts'
import { isShort, MESSAGE_MAX_CHARS } from './short-text.ts'

const FAMILY = '\u{1F468}\u200d\u{1F469}\u200d\u{1F467}\u200d\u{1F466}'
const KISS = '\u{1F469}\u{1F3FB}\u200d\u2764\ufe0f\u200d\u{1F48B}\u200d\u{1F468}\u{1F3FF}'
/** What people take for one character. */
const SIMPLE = ['a', ' ', '\n', 'é', '字', 'か', '한', 'ж', '©', '\u{1F600}']
const JOINED = ['e\u0301', 'か\u3099', '\u1112\u1161\u11ab', 'नि', 'ก็', '1\ufe0f\u20e3']
const CHARS = [...SIMPLE, ...JOINED, '\u{1F1E9}\u{1F1EA}', FAMILY, KISS]
/** What joins with others in unusual ways. */
const PARTS = ['\u0301', '\u200d', '\r', '\u0600', '\u1100', '\u11a8', '\u{1F1E9}', '\0', '\u3099']
/** Texts that are nearly as long as one may be, each in its own way. */
const LONG = [
  repeated('x', MESSAGE_MAX_CHARS - 6),
  repeated('字', MESSAGE_MAX_CHARS - 6),
  repeated('नि', MESSAGE_MAX_CODE_POINTS / 2 - 35),
  repeated(KISS, MESSAGE_MAX_CODE_POINTS / 10 - 7),
]

test('D11: each character counts as one, whatever it is made of', () => {
  for (const char of CHARS) {
    const text = 'x'.repeat(10_000) + `${char}|`.repeat(100)
    expect([char, charsLeft(text)]).toEqual([char, MESSAGE_MAX_CHARS - 10_200])
  }
  expect(charsLeft('x'.repeat(MESSAGE_MAX_CHARS))).toBe(0)
  expect(charsLeft('x'.repeat(MESSAGE_MAX_CHARS - 1) + FAMILY)).toBe(0)
  expect(charsLeft('x'.repeat(MESSAGE_MAX_CHARS) + FAMILY)).toBe(-1)
})

test.each(LONG.map((long) => [long[0], long] as const))(
  'D11: who writes %s and has so many characters left can write them, anywhere, and the server accepts it',
  (_, long) => {
    for (const [nth, first] of CHARS.entries()) {
      let text: readonly string[] = long
      let left = charsLeft(text.join('')) ?? NaN
      expect(left).toBeGreaterThan(0)
      while (left > 0) {
        const place = nth % 3 === 0 ? text.length : (nth * 997) % text.length
        const char = left % 2 === 0 ? first : KISS
        text = text.toSpliced(place, 0, char)
        const now = charsLeft(text.join('')) ?? -Infinity
        expect(now).toBeGreaterThanOrEqual(0)
        expect(now).toBeGreaterThanOrEqual(left - 1)
        expect(codePointsIn(text.join(''))).toBeLessThanOrEqual(MESSAGE_MAX_CODE_POINTS)
        if (now === left && char === first) break
        left = now
      }
    }
  },
)

test('D11: what is counted without being segmented is counted alike', () => {
  const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
  const pieces = [...CHARS, ...PARTS]
  const before = 'x'.repeat(10_000)
  for (const one of pieces) {
    for (const other of pieces) {
      const text = `ab${one}${other}cd`
      const chars = [...segmenter.segment(text)]
      // What has more than ten code points counts again.
      if (chars.some(({ segment }) => codePointsIn(segment) > 10)) continue
      const left = MESSAGE_MAX_CHARS - before.length - chars.length
      expect([one, other, charsLeft(before + text)]).toEqual([one, other, left])
    }
  }
})

test('D11: a text far too long is not counted, and what piles up on one letter is', () => {
  expect(charsLeft('x'.repeat(20_000))).toBe(MESSAGE_MAX_CHARS - 20_000)
  expect(charsLeft('x'.repeat(1_000_000))).toBeUndefined()
  expect(charsLeft(FAMILY.repeat(2_400))).toBeUndefined()
  expect(charsLeft(`x${'\u0301'.repeat(9_999)}${'x'.repeat(5_990)}`)).toBe(1)
  expect(charsLeft('x'.repeat(10_000) + `x${'\u0301'.repeat(99)}`)).toBe(MESSAGE_MAX_CHARS - 10_010)
  expect(isShort('x'.repeat(10_040))).toBe(true)
  expect(isShort('x'.repeat(10_041))).toBe(false)
})

function repeated(char: string, count: number): string[] {
  return Array.from({ length: count }, () => char)
}
