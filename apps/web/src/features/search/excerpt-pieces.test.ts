import { expect, test } from 'vitest'
import { excerptPieces } from './excerpt-pieces.ts'

const BOB = '01900000-0000-7000-8000-00000000000b'

test('F2: an excerpt is text, matches and mentions, and nothing of it is lost', () => {
  const pieces = excerptPieces(`<@${BOB}> the build, <!room>`, [{ start: 45, end: 50 }])
  expect(pieces).toEqual([
    { at: 0, text: `<@${BOB}>`, isMatch: false, personId: BOB },
    { at: 39, text: ' the b', isMatch: false },
    { at: 45, text: 'uild,', isMatch: true },
    { at: 50, text: ' ', isMatch: false },
    { at: 51, text: '@room', isMatch: false },
  ])
})

test.each([[[{ start: 2, end: 1 }]], [[{ start: 0, end: 9 }]], [[{ start: 1, end: 1 }]]])(
  'F2: %j is nowhere in it',
  (matches) => {
    expect(excerptPieces('text', matches)).toEqual([{ at: 0, text: 'text', isMatch: false }])
  },
)
