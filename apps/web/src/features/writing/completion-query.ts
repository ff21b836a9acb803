import type { Range } from './mention-text.ts'

/** What is being written that can be completed: who, or which emoji; and where, in what the field shows. */
export interface CompletionQuery extends Range {
  kind: 'mention' | 'emoji'
  text: string
}

/** A longer one is no name any more. */
const NAME_MAX_CHARS = 40
/** With fewer letters, as in `:p`, it is a face. */
const EMOJI_MIN_CHARS = 2
// Not after a letter, because that is an address; other scripts have no spaces between words.
const MENTION = new RegExp(
  String.raw`(?<![\w.%+-])[@＠]((?![\s])[^\n@＠]{0,${NAME_MAX_CHARS}})$`,
  'u',
)
const EMOJI = new RegExp(String.raw`(?<![\w:])[:：]([\p{L}\p{N}_+-]{${EMOJI_MIN_CHARS},32})$`, 'u')

/** What is being written before the caret, if it can be completed. Nothing is in code, where both are what they are. */
export function queryAt(shown: string, caret: number): CompletionQuery | undefined {
  const before = shown.slice(0, caret)
  const mention = MENTION.exec(before)
  const match = mention ?? EMOJI.exec(before)
  if (!match || isInCode(before.slice(0, match.index))) return undefined
  const kind = mention ? 'mention' : 'emoji'
  return { kind, text: match[1] ?? '', from: match.index, to: caret }
}

function isInCode(before: string): boolean {
  const fences = before.split('```')
  if (fences.length % 2 === 0) return true
  const line = fences.at(-1)?.split('\n').at(-1) ?? ''
  return line.split('`').length % 2 === 0
}
