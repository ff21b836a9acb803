import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { Name, toName } from './names.ts'

const NAME = Name({ maxLength: 80 })

const NAMES = [
  '',
  'General',
  'Zoë O’Neill-Müller',
  'Łódź — Straße',
  '田中　太郎',
  'محمد',
  'e\u0301te\u0301',
  'R&D <3 "quotes" \\ %',
  '☀️ Summer',
  '👩🏽‍🚀',
  '👩‍👩‍👧‍👦 family',
  '🏳️‍🌈',
  '🇦🇶',
]

const HIDDEN: [what: string, text: string, without: string][] = [
  ['a right-to-left override', 'cod\u202egnp.exe', 'codgnp.exe'],
  ['an isolate', '\u2066left\u2069', 'left'],
  ['a zero-width space', 'ad\u200bmin', 'admin'],
  ['a joiner between letters', 'ad\u200dmin', 'admin'],
  ['a byte order mark', '\ufeffadmin', 'admin'],
  ['a soft hyphen', 'ad\u00admin', 'admin'],
  ['a combining grapheme joiner', 'ad\u034fmin', 'admin'],
  ['a letter without a shape', 'admin\u3164', 'admin'],
  ['a variation of a letter', 'admin\ufe0f', 'admin'],
  ['a rare variation', 'admin\u{e0100}', 'admin'],
  ['tags', 'admin\u{e0041}\u{e007f}', 'admin'],
  ['an annotation', 'a\ufff9b\ufffac\ufffb', 'abc'],
  ['a line', 'two\nlines', 'twolines'],
  ['a line of another kind', 'two\u2028lines', 'twolines'],
  ['an escape', '\u001b[31mred', '[31mred'],
  ['NUL', 'a\u0000b', 'ab'],
  ['half an emoji', 'a\ud83d', 'a'],
  ['a space before', ' admin', 'admin'],
  ['a space after', 'admin\u00a0', 'admin'],
  ['only spaces', ' \u3000 ', ''],
]

describe('a name', () => {
  it.each(NAMES)('may be %j', (name) => {
    expect(Value.Check(NAME, name)).toBe(true)
    expect(toName(name)).toBe(name)
  })

  it.each(HIDDEN)('holds no %s', (_, text, without) => {
    expect(Value.Check(NAME, text)).toBe(false)
    expect(toName(text)).toBe(without)
    expect(Value.Check(NAME, without)).toBe(true)
  })

  it('that is long and hopeless is refused at once', () => {
    const startedAt = performance.now()
    expect(Value.Check(Name({ maxLength: 100_000 }), `${'👩\u200d'.repeat(20_000)}\n`)).toBe(false)
    expect(performance.now() - startedAt).toBeLessThan(500)
  })
})
