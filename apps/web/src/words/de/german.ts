import type { CompiledMessage } from 'icu-minify/format'
import { wordKey } from '../word-key.ts'
import { dates } from './dates.de.ts'
import { lines } from './lines.de.ts'
import { messages } from './messages.de.ts'
import { people } from './people.de.ts'
import { reads } from './reads.de.ts'
import { unread } from './unread.de.ts'

const SENTENCES: Readonly<Record<string, CompiledMessage>> = {
  ...dates,
  ...lines,
  ...messages,
  ...people,
  ...reads,
  ...unread,
}

export function german(english: CompiledMessage): CompiledMessage {
  return SENTENCES[wordKey(english)] ?? english
}
