/** Marks that make a letter another one in few languages only, so that people leave them out; vowel signs are no such marks. */
const ACCENTS = new RegExp(
  `[${[
    '\\u0300-\\u036f\\u0483-\\u0487',
    // Hebrew and Arabic vowels.
    '\\u0591-\\u05bd\\u05bf\\u05c1\\u05c2\\u05c4\\u05c5\\u05c7',
    '\\u0610-\\u061a\\u064b-\\u065f\\u0670',
    '\\u1ab0-\\u1aff\\u1dc0-\\u1dff\\u20d0-\\u20ff\\ufe20-\\ufe2f',
  ].join('')}]`,
  'g',
)

/** Letters that Unicode does not take apart. */
const LIKE: Readonly<Record<string, string>> = {
  ß: 'ss',
  ς: 'σ',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ŧ: 't',
  ı: 'i',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
}
const LIKE_LETTERS = new RegExp(`[${Object.keys(LIKE).join('')}]`, 'g')

/** A letter with its marks as it is searched for: in small letters, without accents, with compatible forms made one. */
export function foldLetter(letter: string): string {
  return letter
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(ACCENTS, '')
    .replaceAll(LIKE_LETTERS, (like) => LIKE[like] ?? like)
    .normalize('NFC')
}
