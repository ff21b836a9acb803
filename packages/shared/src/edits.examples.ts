import { EditMessage, Version } from './edits.ts'
import { BOB, NOON, type Example } from './examples.ts'

const version: Version = { number: 1, text: 'Good mornign', at: NOON }

export const EDITS_EXAMPLES: Record<string, Example> = {
  EditMessage: {
    schema: EditMessage,
    valid: [{ text: 'Good morning' }, { text: `Ask <@${BOB}>` }],
    invalid: {
      'no text: that is a removal': { text: '' },
      'nothing to see': { text: '\u200b ' },
      'another author': { text: 'Good morning', authorId: BOB },
      'another time': { text: 'Good morning', editedAt: NOON },
    },
  },
  Version: {
    schema: Version,
    valid: [version],
    invalid: {
      'no time': { number: 1, text: 'Good mornign' },
      'an author, who is the message’s': { ...version, authorId: BOB },
    },
  },
}
