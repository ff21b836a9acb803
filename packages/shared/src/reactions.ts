import { Type, type Static } from 'typebox'
import { endpoint } from './contract.ts'
import { Count, Id } from './ids.ts'
import { Reaction } from './messages.ts'
import { InRoom } from './rooms.ts'
import { strict } from './shapes.ts'

/** How many different emoji one message can have. */
export const REACTIONS_MAX = 20
/** How many people of each are named in the message itself, so that its event does not grow with the team. */
export const REACTION_PEOPLE_MAX = 10
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

const OfMessage = Type.Object({ ...InRoom.properties, messageId: Id }, strict)

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
  problems: ['room-not-found', 'message-not-found', 'room-archived', 'too-many-reactions'],
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

/**
 * The reactions once this person has reacted, or has taken it back; the caller has checked that this changes something.
 * Used by the server to store it and by the web to show it at once. If more people reacted than are named, it cannot know
 * who is named next.
 */
export function withReaction(
  reactions: readonly Reaction[],
  { emoji, reacted }: SetReaction,
  personId: string,
): Reaction[] {
  const before = reactions.find((reaction) => reaction.emoji === emoji)
  if (!before)
    return reacted ? [...reactions, { emoji, count: 1, people: [personId] }] : [...reactions]
  const count = before.count + (reacted ? 1 : -1)
  const areAllNamed = before.people.length === before.count && count <= REACTION_PEOPLE_MAX
  const others = before.people.filter((id) => id !== personId)
  const after = { emoji, count, people: reacted && areAllNamed ? [...others, personId] : others }
  return reactions
    .map((reaction) => (reaction === before ? after : reaction))
    .filter((reaction) => reaction.count > 0)
}
