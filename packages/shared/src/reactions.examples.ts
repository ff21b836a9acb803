import { ALICE, BOB, type Example } from './examples.ts'
import { Reaction } from './messages.ts'
import { SetReaction } from './reactions.ts'

const thumbsUp: Reaction = { emoji: '👍', count: 2, people: [ALICE, BOB] }

export const REACTIONS_EXAMPLES: Record<string, Example> = {
  Reaction: {
    schema: Reaction,
    valid: [thumbsUp, { ...thumbsUp, count: 12 }, { ...thumbsUp, emoji: 'of a newer Unicode' }],
    invalid: {
      'no people': { emoji: '👍', count: 2 },
      'a name, which would be anywhere for ever': { ...thumbsUp, people: [{ name: 'Alice' }] },
    },
  },
  SetReaction: {
    schema: SetReaction,
    valid: [
      { emoji: '👍', reacted: true },
      { emoji: '👩🏻‍❤️‍💋‍👩🏿', reacted: false },
    ],
    invalid: {
      'whose, which only the token says': { emoji: '👍', reacted: true, personId: BOB },
      'no emoji': { emoji: '', reacted: true },
      'more than an emoji has': { emoji: '👍'.repeat(17), reacted: true },
      'a toggle, which is another thing when it is repeated': { emoji: '👍' },
    },
  },
}
