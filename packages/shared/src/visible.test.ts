import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { hasSomethingToSee, Written } from './visible.ts'

const SEEN = [
  'a',
  ' a ',
  '.',
  '0',
  '👍',
  '👍🏽',
  '👩‍👩‍👧',
  '1\ufe0f\u20e3',
  '🇦🇶',
  '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
  'e\u0301',
  'علی\u200cرضا',
  'ශ්\u200dරී',
  '\u2801',
  '\u202e!\u202c',
  '\ufffd',
  // Of today's private use and tomorrow's Unicode only the reader's fonts know what it looks like.
  '\ue000',
  '\u{1faff}',
]

const UNSEEN: [what: string, text: string][] = [
  ['nothing', ''],
  ['spaces of every width', ' \u00a0\u1680\u2000\u200a\u202f\u205f\u3000'],
  ['lines', '\t\n\v\f\r\u0085\u2028\u2029'],
  ['controls', '\u0001\u001f\u007f\u009f'],
  ['Braille without a dot', '\u2800'],
  ['a zero-width space', '\u200b'],
  ['joiners', '\u200c\u200d'],
  ['marks of direction', '\u200e\u200f\u061c'],
  ['what embeds and isolates', '\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069'],
  ['Hangul fillers', '\u3164\u115f\u1160\uffa0'],
  ['a soft hyphen', '\u00ad'],
  ['a combining grapheme joiner', '\u034f'],
  ['Khmer inherent vowels', '\u17b4\u17b5'],
  ['Mongolian selectors', '\u180b\u180c\u180d\u180e\u180f'],
  ['word joiners and invisible signs', '\u2060\u2061\u2062\u2063\u2064\u2065'],
  ['deprecated format signs', '\u206a\u206b\u206c\u206d\u206e\u206f'],
  ['a byte order mark', '\ufeff'],
  ['variations of nothing', '\ufe00\ufe0e\ufe0f\u{e0100}\u{e01ef}'],
  ['tags', '\u{e0001}\u{e0020}\u{e0041}\u{e007f}'],
  ['other default ignorables', '\ufff0\u{1bca0}\u{1d173}\u{e0fff}'],
  ['marks without a letter', '\u0301\u20e3\u093e'],
  ['annotations and a place for an object', '\ufff9\ufffa\ufffb\ufffc'],
  ['a note without a head', '\u{1d159}'],
  ['Egyptian joiners', '\u{13430}\u{1343f}'],
  ['all at once', ' \u2800\n\u200b\u0301\ufe0f '],
]

describe('something to see', () => {
  it.each(SEEN)('is in %j', (text) => {
    expect(hasSomethingToSee(text)).toBe(true)
    expect(Value.Check(Written(), text)).toBe(true)
  })

  it.each(UNSEEN)('is not in %s', (_, text) => {
    for (const character of text)
      expect([character, hasSomethingToSee(character)]).toEqual([character, false])
    expect(hasSomethingToSee(text)).toBe(false)
    expect(Value.Check(Written(), text)).toBe(false)
  })

  it('is looked for in no time, however long it is', () => {
    const began = process.threadCpuUsage()
    for (const text of ['\u200b', '\u0301', ' \u2800', 'a\u200b']) {
      expect(Value.Check(Written(), `${text.repeat(100_000)}\u0000`)).toBe(false)
    }
    expect(process.threadCpuUsage(began).user).toBeLessThan(500_000)
  })
})
