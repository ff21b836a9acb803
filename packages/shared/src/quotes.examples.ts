import { ALICE, type Example } from './examples.ts'
import { messageAt } from './messages.examples.ts'
import { Quote } from './quotes.ts'

const quote: Quote = {
  id: messageAt(1, 3).id,
  seq: 1,
  rev: 3,
  authorId: ALICE,
  text: 'Shall we have tea?',
}

export const QUOTES_EXAMPLES: Record<string, Example> = {
  Quote: {
    schema: Quote,
    valid: [quote, { ...quote, text: '', removed: true }],
    invalid: {
      'a name, which would be anywhere for ever': { ...quote, authorName: 'Alice Meyer' },
      'nowhere to jump to': { ...quote, seq: undefined },
    },
  },
}
