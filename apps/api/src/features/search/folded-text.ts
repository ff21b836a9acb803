import { foldLetter } from './folding.ts'

/** The words of a text, and where each of their letters stands in it. */
export interface FoldedText {
  /** Each word with a space before it, and one at the end; empty without a word. */
  words: string
  /** Where the letter at this place of `words` begins and ends in the text, in code units. */
  start: (place: number) => number
  end: (place: number) => number
}

/** A letter with its marks, and a Korean syllable that is written in its parts. */
const LETTERS = /[\u1100-\u115f][\u1160-\u11a7]?[\u11a8-\u11ff]?|\P{M}[\p{M}\uff9e\uff9f]*|\p{M}+/gu
const IN_WORDS = /[\p{L}\p{N}\p{M}]/u
/** Between the letters of a word without being seen: joiners, soft hyphens, the style of an emoji. */
const UNSEEN = /^\p{Default_Ignorable_Code_Point}+$/u
/** Scripts without spaces, and Korean, whose words grow at both ends: any part of a word is a word. */
export const DENSE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u30fc]/u

type Kind = 'none' | 'spaced' | 'dense'

/** Takes a text apart into folded words; words of a script without spaces end where another script begins. */
export function foldText(text: string): FoldedText {
  const starts: number[] = []
  const ends: number[] = []
  let words = ''
  let before: Kind = 'none'
  for (const { letter, at } of lettersOf(text)) {
    for (const character of foldedLetter(letter)) {
      const kind = kindOf(character)
      if (kind !== 'none') {
        if (kind !== before) add(' ', at, at)
        add(character, at, at + letter.length)
      }
      before = kind
    }
  }
  if (words !== '') add(' ', text.length, text.length)
  return { words, start: (place) => starts[place] ?? 0, end: (place) => ends[place] ?? text.length }

  function add(character: string, start: number, end: number): void {
    words += character
    for (let unit = 0; unit < character.length; unit += 1) {
      starts.push(start)
      ends.push(end)
    }
  }
}

const NOT_ASCII = /[^\0-\u007f]/

function* lettersOf(text: string): Generator<{ letter: string; at: number }> {
  if (NOT_ASCII.test(text)) {
    for (const { 0: letter, index } of text.matchAll(LETTERS)) yield { letter, at: index }
    return
  }
  for (let at = 0; at < text.length; at += 1) yield { letter: text[at] ?? '', at }
}

function foldedLetter(letter: string): string {
  if (!NOT_ASCII.test(letter)) return letter.toLowerCase()
  return UNSEEN.test(letter) ? '' : foldLetter(letter)
}

function kindOf(character: string): Kind {
  if (!NOT_ASCII.test(character)) return /[a-z0-9]/.test(character) ? 'spaced' : 'none'
  if (DENSE.test(character)) return 'dense'
  return IN_WORDS.test(character) ? 'spaced' : 'none'
}
