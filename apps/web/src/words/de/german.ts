import type { CompiledMessage } from 'icu-minify/format'
import { wordKey } from '../word-key.ts'
import { dates } from './dates.de.ts'
import { messages } from './messages.de.ts'
import { people } from './people.de.ts'
import { writing } from './writing.de.ts'

const SENTENCES: Readonly<Record<string, CompiledMessage>> = {
  ...dates,
  ...messages,
  ...people,
  ...writing,
}

export function german(english: CompiledMessage): CompiledMessage {
  return SENTENCES[wordKey(english)] ?? english
}
