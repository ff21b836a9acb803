import type { CompiledMessage } from 'icu-minify/format'

const LATIN = 'abcdefghijklmnopqrstuvwxyz'
// Twenty-six Arabic letters, in no order that means anything.
const ARABIC = 'ابجدهوزحطيكلمنسعفصقرشتثخذض'

/** Every letter as another one, written from right to left; as long as the English is. */
export function mirrored(english: CompiledMessage): CompiledMessage {
  return typeof english === 'string'
    ? inArabicLetters(english)
    : (english.map(inParts) as typeof english)
}

/** The first item of a node is a name, and the second one its kind, if that is a number: `icu-minify`. */
function inParts(node: unknown): unknown {
  if (typeof node === 'string') return inArabicLetters(node)
  if (!Array.isArray(node)) return node
  const [name, ...rest] = node as [string, ...unknown[]]
  const [kind, branches] = rest
  if (typeof kind !== 'number' || kind === 0) return [name, ...rest.map(inParts)]
  if (kind > SELECTORDINAL) return node
  const entries = Object.entries(branches as object)
  return [name, kind, Object.fromEntries(entries.map(([key, value]) => [key, inBranch(value)]))]
}

/** A branch is a text, the number itself, or a list of nodes. */
function inBranch(branch: unknown): unknown {
  return Array.isArray(branch) ? branch.map(inParts) : inParts(branch)
}

const SELECTORDINAL = 3

function inArabicLetters(text: string): string {
  return text.replaceAll(/[a-z]/gi, (letter) => ARABIC[LATIN.indexOf(letter.toLowerCase())] ?? '')
}
