import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { isSoughtBy, Name, NameOrEmpty, toName } from './names.ts'

const NAME = Name({ maxLength: 80 })

const NAMES = [
  'General',
  'Zoë O’Neill-Müller',
  'Łódź — Straße',
  '田中　太郎',
  'محمد',
  'علی\u200cرضا',
  'خانه\u200cای',
  'ی\u064e\u200c\u064eر',
  'ශ්\u200dරී',
  'ක්\u200dෂණ',
  'क्\u200cष',
  'क्\u200dष',
  'മോഹന്\u200d',
  'র\u200d্যান',
  'ᠰᠠᠶᠢᠨ\u200cᠴᠤ',
  'e\u0301te\u0301',
  'R&D <3 "quotes" \\ %',
  '☀️ Summer',
  '👩🏽‍🚀',
  '👩‍👩‍👧‍👦 family',
  '🏳️‍🌈',
  '🇦🇶',
  'Step 1\ufe0f\u20e3',
  '⠃⠗⠇\u2800⠃⠗⠇',
]

const HIDDEN: [what: string, text: string, without: string][] = [
  ['a right-to-left override', 'cod\u202egnp.exe', 'codgnp.exe'],
  ['an isolate', '\u2066left\u2069', 'left'],
  ['a zero-width space', 'ad\u200bmin', 'admin'],
  ['a joiner between letters', 'ad\u200dmin', 'admin'],
  ['a non-joiner between letters', 'ad\u200cmin', 'admin'],
  ['a joiner in a name that joins anyway', 'مح\u200dمد', 'محمد'],
  ['a non-joiner after a letter that reaches no further', 'دار\u200cا', 'دارا'],
  ['a non-joiner after the last letter', 'علی\u200c', 'علی'],
  ['a non-joiner before a space', 'علی\u200c رضا', 'علی رضا'],
  ['a non-joiner between scripts', 'علی\u200ca', 'علیa'],
  ['two of them', 'علی\u200c\u200cرضا', 'علیرضا'],
  ['a joiner after the other', 'ශ්\u200d\u200dරී', 'ශ්\u200dරී'],
  ['a non-joiner after the last virama', 'क्\u200c', 'क्'],
  ['a non-joiner before a letter without a shape', 'क्\u200c\u3164', 'क्'],
  ['a joiner after a vowel sign', 'කා\u200dර', 'කාර'],
  ['a joiner after a variation of a letter', 'a\ufe0f\u200d👩', 'a👩'],
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
  ['a Braille pattern without a dot at its end', 'admin\u2800', 'admin'],
  ['a place for an object', 'admin\ufffc', 'admin'],
  ['a note without a head', 'admin\u{1d159}', 'admin'],
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

  it('has something to see, unless it may be left out', () => {
    for (const text of ['\u2800', '\u200b', ' \u3000 ', '\u0301', 'ක'.slice(1) + '\u0dca\u200d']) {
      expect(toName(text)).toBe('')
      expect(Value.Check(NAME, text)).toBe(false)
      expect(Value.Check(NameOrEmpty({ maxLength: 80 }), text)).toBe(false)
    }
    expect(Value.Check(NAME, '')).toBe(false)
    expect(Value.Check(NameOrEmpty({ maxLength: 80 }), '')).toBe(true)
  })

  it('is found by whoever leaves its joiners out, or has them', () => {
    expect(isSoughtBy('علی\u200cرضا', 'علیرضا')).toBe(true)
    expect(isSoughtBy('علیرضا', 'علی\u200cرضا')).toBe(true)
    expect(isSoughtBy('Zoe\u0308', ' ZOË')).toBe(true)
    expect(isSoughtBy('Alice Meyer', '\u2800')).toBe(true)
    expect(isSoughtBy('Alice Meyer', 'Bob')).toBe(false)
  })

  it('that is long and hopeless is refused at once', () => {
    const began = process.threadCpuUsage()
    expect(Value.Check(Name({ maxLength: 100_000 }), `${'👩\u200d'.repeat(20_000)}\n`)).toBe(false)
    expect(Value.Check(Name({ maxLength: 100_000 }), 'ی\u064e\u200c'.repeat(20_000))).toBe(false)
    expect(process.threadCpuUsage(began).user).toBeLessThan(500_000)
  })
})
