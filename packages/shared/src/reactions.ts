import { Type, type Static } from 'typebox'
import { endpoint } from './contract.ts'
import { Count } from './ids.ts'
import { OfMessage, Reaction } from './messages.ts'
import { strict } from './shapes.ts'

/** How many different emoji one message can have. */
export const REACTIONS_MAX = 20
/** How many people of each are named in the message itself, so that its event does not grow with the team. */
export const REACTION_PEOPLE_MAX = 10
/** How many people a message names in all, so that its event fits a broker's with as many emoji as there can be. */
export const REACTION_NAMES_MAX = 60
/** How many people of each `listReactions` names. */
export const REACTION_LIST_MAX = 100
/** In code points. The longest today has 10: two people with skin tones who kiss. */
const EMOJI_MAX_CHARS = 16

/** What a person wants: that they have reacted with this emoji, or that they have not. */
export const SetReaction = Type.Object(
  {
    emoji: Type.String({
      minLength: 1,
      maxLength: EMOJI_MAX_CHARS,
      description:
        'Exactly one emoji of the set recommended for general interchange (RGI, Unicode UTS #51), fully qualified',
      examples: ['👍', '❤️', '🧑🏽‍💻'],
    }),
    reacted: Type.Boolean(),
  },
  strict,
)
export type SetReaction = Static<typeof SetReaction>

/**
 * The emoji is in the body and not in the path: addresses end up in the logs of every proxy, and what somebody answered is
 * content. One PUT with the wanted state, because some proxies refuse a DELETE with a body (RFC 9110, 9.3.5).
 */
export const setReaction = endpoint({
  method: 'PUT',
  path: '/v1/rooms/:roomId/messages/:messageId/reactions',
  summary: 'React to a message with an emoji, or take that back; the same again changes nothing',
  tag: 'reactions',
  access: 'person',
  limit: 'writing',
  params: OfMessage,
  body: SetReaction,
  status: 200,
  /** At this revision of the message. */
  result: Type.Object({ rev: Count, reactions: Type.Array(Reaction) }, strict),
  problems: [
    'room-not-found',
    'message-not-found',
    'message-removed',
    'room-archived',
    'too-many-reactions',
  ],
})

export const listReactions = endpoint({
  method: 'GET',
  path: '/v1/rooms/:roomId/messages/:messageId/reactions',
  summary: 'Who reacted to a message: up to a hundred people for each emoji, and whether I did',
  tag: 'reactions',
  access: 'person',
  limit: 'reading',
  params: OfMessage,
  status: 200,
  result: Type.Object(
    {
      rev: Count,
      reactions: Type.Array(Type.Object({ ...Reaction.properties, mine: Type.Boolean() }, strict)),
    },
    strict,
  ),
  problems: ['room-not-found', 'message-not-found'],
})

/** Whether this is exactly one emoji; depends on the platform's Unicode version, so only the server decides. */
export function isEmoji(text: string): boolean {
  return /^\p{RGI_Emoji}$/v.test(text)
}

/** How many people of each emoji a message with so many different emoji names: the more emoji, the fewer. */
export function peopleNamedMax(differentEmoji: number): number {
  return Math.min(REACTION_PEOPLE_MAX, Math.floor(REACTION_NAMES_MAX / Math.max(differentEmoji, 1)))
}

/**
 * The reactions once this person has reacted, or has taken it back; the caller has checked that this changes something.
 * The web shows this at once; the server's `set_reaction` comes to the same, and a test compares them. Of an emoji that had
 * more people than were named, it cannot say who is named next.
 */
export function withReaction(
  reactions: readonly Reaction[],
  { emoji, reacted }: SetReaction,
  personId: string,
): Reaction[] {
  const before = reactions.find((reaction) => reaction.emoji === emoji)
  const { count, people } = before ?? { count: 0, people: [] }
  const others = people.filter((id) => id !== personId)
  const isNamed = reacted && people.length === count
  const after = {
    emoji,
    count: count + (reacted ? 1 : -1),
    people: isNamed ? [...others, personId] : others,
  }
  const all = before
    ? reactions.map((reaction) => (reaction === before ? after : reaction))
    : [...reactions, after]
  const shown = all.filter((reaction) => reaction.count > 0)
  const max = peopleNamedMax(shown.length)
  return shown.map((reaction) => ({ ...reaction, people: reaction.people.slice(0, max) }))
}
