import * as fc from 'fast-check'

interface Edit {
  kind: 'replace' | 'insert' | 'remove' | 'swap' | 'repeat'
  /** How far into the text, from 0 to 1. */
  where: number
  letter: string
}

/** Letters that mean something to somebody on the way: base64, paths, headers, SQL, JSON, and half of Unicode. */
export const LETTERS = Array.from(
  'AQaz09-_.=+/ ~,;:!"\'\\%&?#@{}[]()<>|*\t\r\n\0\u007fäеｅ１\u202e\u200b😀',
)

/** One to three small changes, for `edited`. */
export const EDITS = fc.array(
  fc.record<Edit>({
    kind: fc.constantFrom('replace', 'insert', 'remove', 'swap', 'repeat'),
    where: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
    letter: fc.constantFrom(...LETTERS),
  }),
  { minLength: 1, maxLength: 3 },
)

export function edited(text: string, edits: readonly Edit[]): string {
  let letters = Array.from(text)
  for (const { kind, where, letter } of edits) {
    const at = Math.floor(where * letters.length)
    const [before, here, after] = [letters.slice(0, at), letters[at] ?? '', letters.slice(at + 1)]
    switch (kind) {
      case 'replace':
        letters = [...before, letter, ...after]
        break
      case 'insert':
        letters = [...before, letter, here, ...after]
        break
      case 'remove':
        letters = [...before, ...after]
        break
      case 'swap':
        letters = [...before, after[0] ?? '', here, ...after.slice(1)]
        break
      case 'repeat':
        letters = [...before, here, here, ...after]
        break
    }
  }
  return letters.join('')
}
