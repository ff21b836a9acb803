import { describe, expect, test } from 'vitest'
import {
  edited,
  linkedAgain,
  mentionedIn,
  moved,
  piecesOf,
  replaced,
  shownIn,
  withWholeMentions,
} from './mention-text.ts'

const ANNA = '01900000-0000-7000-8000-00000000000a'
const BEN = '01900000-0000-7000-8000-00000000000b'
const NAMES: Record<string, string> = { [ANNA]: 'Anna Lind', [BEN]: 'בן 🎈' }
const A = `<@${ANNA}>`
const B = `<@${BEN}>`
const cut = (source: string) => piecesOf(source, (id) => NAMES[id] ?? 'Someone')

test('D5: the field shows names, and the text has ids', () => {
  expect(shownIn(cut(`Hi ${A} and ${B}, <!room>`))).toBe('Hi @Anna Lind and @בן 🎈, @room')
  expect(shownIn(cut('<@nobody> <!all> @Anna'))).toBe('<@nobody> <!all> @Anna')
  expect(mentionedIn(`${B}${A}${B}`)).toEqual([BEN, ANNA])
})

/** What is typed, with `|` for the caret after it. */
const EDITS: [what: string, before: string, shownNow: string, after: string][] = [
  ['text before', `${A}!`, 'Hi |@Anna Lind!', `Hi ${A}!`],
  ['text after', A, '@Anna Lind, hi|', `${A}, hi`],
  ['text between two', A + B, '@Anna Lind|@בן 🎈', A + B],
  ['a letter between two', A + B, '@Anna Lindx|@בן 🎈', `${A}x${B}`],
  ['a deletion of its last letter', `a ${A} b`, 'a @Anna Lin| b', 'a  b'],
  ['a deletion of its first letter', `a ${A} b`, 'a |Anna Lind b', 'a  b'],
  [
    'a deletion of some of it and of the text before',
    `a ${A} b`,
    'a |nd b',
    'a b'.replace(' ', '  '),
  ],
  ['a deletion of everything', `a ${A} b`, '|', ''],
  ['a letter within it', A, '@Annax| Lind', '@Annax Lind'],
  ['another word over some of it', A, '@Bea| Lind', '@Bea Lind'],
  ['the same letter again', `ll${A}`, 'lll|@Anna Lind', `lll${A}`],
  ['a line', `${A}b`, '@Anna Lind\n|b', `${A}\nb`],
  ['an undo that leaves the caret elsewhere', `${A} b`, '|@an b', '@an b'],
]

test.each(EDITS)(
  'D5: after %s the text is what the field shows, or has no mention any more',
  (_, before, typed, after) => {
    const caret = typed.indexOf('|')
    const now = typed.replace('|', '')
    const changed = edited(cut(before), now, caret)
    expect(changed.source).toBe(after)
    if (shownIn(cut(after)) === now) expect(changed.caret).toBeLessThanOrEqual(now.length)
    else expect(shownIn(cut(after)).length).toBeLessThan(now.length)
  },
)

test('D5: any edit of what is shown leaves either exactly that, or takes whole mentions away', () => {
  const source = `x${A}${B} y ${A}`
  const shown = shownIn(cut(source))
  for (let from = 0; from <= shown.length; from += 1) {
    for (let to = from; to <= shown.length; to += 1) {
      for (const inserted of ['', 'q', '@Anna Lind']) {
        const now = shown.slice(0, from) + inserted + shown.slice(to)
        const changed = edited(cut(source), now, from + inserted.length)
        const after = shownIn(cut(changed.source))
        if (inserted === 'q' || after === now) expect(after).toBe(now)
        else expect(after.length).toBeLessThan(now.length)
        expect(changed.caret).toBeLessThanOrEqual(after.length)
      }
    }
  }
})

test('D5: a mention takes the place of what was typed for it, with the caret after it', () => {
  expect(replaced(cut('hi @an!'), { from: 3, to: 6 }, A, '@Anna Lind')).toEqual({
    source: `hi ${A}!`,
    caret: 13,
  })
})

test('D5: what is deleted is grown to whole mentions', () => {
  const pieces = cut(`a${A}b`)
  expect(withWholeMentions(pieces, { from: 10, to: 11 })).toEqual({ from: 1, to: 11 })
  expect(withWholeMentions(pieces, { from: 0, to: 2 })).toEqual({ from: 0, to: 11 })
  expect(withWholeMentions(pieces, { from: 11, to: 12 })).toEqual({ from: 11, to: 12 })
})

test('D5: the caret stays where it is when a name becomes another one', () => {
  const later = piecesOf(`${A} hi`, () => 'Jo')
  expect(moved(cut(`${A} hi`), later, 12)).toBe(5)
  expect(moved(cut(`${A} hi`), later, 9)).toBe(3)
  expect(moved(cut(`${A} hi`), later, 13)).toBe(6)
})

describe('D5: what was undone or pasted', () => {
  const known = new Map<string, string | undefined>([
    ['@Anna Lind', A],
    ['@Same Name', undefined],
    ['@a.c', B],
  ])
  test.each([
    ['@Anna Lind!', `${A}!`],
    [`${A} @Anna Lind`, `${A} ${A}`],
    ['@Anna Lindberg', '@Anna Lindberg'],
    ['@Same Name', '@Same Name'],
    ['@abc @a.c', `@abc ${B}`],
  ])('“%s”', (text, after) => expect(linkedAgain(cut(text), known)).toBe(after))
})
