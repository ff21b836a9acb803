import { ProblemError } from '@conclave/shared/client'
import { editMessage } from '@conclave/shared/edits'
import type { Message } from '@conclave/shared/messages'
import type { ProblemSlug } from '@conclave/shared/problems'
import { setReaction } from '@conclave/shared/reactions'
import { removeMessage } from '@conclave/shared/removals'
import { moveRead } from '@conclave/shared/rooms'
import type { Person } from './person.ts'
import type { Random } from './random.ts'

const REMOVED_SHARE = 0.05
const EDITED_SHARE = 0.1
const REACTED_SHARE = 0.15
const READ_SHARE = 0.15
const MODERATED_SHARE = 0.05
const ANSWERED_SHARE = 0.2
/** Few enough for a message: it has a bounded number of different ones. */
const EMOJI = ['👍', '🎉', '❤️', '👩🏽‍🚀']
const RECENT_MAX = 40

/** What all posters know of each other. */
export interface Said {
  /** The last messages that are stored for sure, as they were when they were said. */
  readonly recent: Message[]
  /** The ids of those that a moderator removes, or has removed. */
  readonly moderated: Set<string>
}

type ThoughtKind = 'edited' | 'removed' | 'reacted' | 'read' | 'moderated'

/** What somebody does once a message of theirs is stored: all of it can be tried again until it is answered. */
export interface SecondThought {
  kind: ThoughtKind
  /** Resolves to their message as it is then. */
  act: (person: Person, message: Message) => Promise<Message>
}

export function noteSaid({ recent }: Said, message: Message): void {
  recent.push(message)
  recent.splice(0, recent.length - RECENT_MAX)
}

/** Edits or removes some of one's own messages, reacts to some, reads, and as a moderator removes some of others; or undefined. */
export function secondThought(
  random: Random,
  { isModerator, said }: { isModerator: boolean; said: Said },
): SecondThought | undefined {
  let chance = random()
  const isWithin = (share: number) => (chance -= share) < 0
  const other = oneOf(said.recent, random)
  if (isWithin(REMOVED_SHARE)) return { kind: 'removed', act: remove }
  if (isWithin(EDITED_SHARE))
    return { kind: 'edited', act: async (person, message) => edit(person, message, said) }
  if (!other) return undefined
  if (isWithin(REACTED_SHARE)) {
    const wish = { emoji: oneOf(EMOJI, random) ?? '', reacted: random() < 0.7 }
    return about('reacted', async (person) => unlessRemoved(react(person, other, wish)))
  }
  if (isWithin(READ_SHARE)) return about('read', async (person) => read(person, other))
  if (!isModerator || !isWithin(MODERATED_SHARE)) return undefined
  return about('moderated', async (person) => {
    said.moderated.add(other.id)
    await remove(person, other)
  })
}

/** Something about another message, which leaves one's own as it is. */
function about(kind: ThoughtKind, act: (person: Person) => Promise<unknown>): SecondThought {
  return {
    kind,
    act: async (person, message) => {
      await act(person)
      return message
    },
  }
}

/** Which message the next one answers. */
export function answered(random: Random, { recent }: Said): Pick<Message, 'replyTo'> {
  const original = oneOf(recent, random)
  return original && random() < ANSWERED_SHARE ? { replyTo: original.id } : {}
}

/** A moderator may have been faster. */
async function edit({ call }: Person, message: Message, { moderated }: Said): Promise<Message> {
  const { roomId, id, text } = message
  const body = { text: `Better: ${text}` }
  const edited = await unlessRemoved(call(editMessage, { params: { roomId, messageId: id }, body }))
  if (!edited && !moderated.has(id)) throw new Error('Nobody removed it, and it is removed')
  return edited ?? message
}

async function remove({ call }: Person, { roomId, id }: Message): Promise<Message> {
  return call(removeMessage, { params: { roomId, messageId: id } })
}

async function read({ call }: Person, { roomId, seq }: Message): Promise<unknown> {
  return call(moveRead, { params: { roomId }, body: { seq } })
}

async function react(
  { call }: Person,
  { roomId, id }: Message,
  body: { emoji: string; reacted: boolean },
): Promise<unknown> {
  return call(setReaction, { params: { roomId, messageId: id }, body })
}

/** Undefined if the message is removed by now. */
async function unlessRemoved<Answer>(answering: Promise<Answer>): Promise<Answer | undefined> {
  const TOO_LATE: ProblemSlug = 'message-removed'
  return answering.catch((error: unknown) => {
    if (error instanceof ProblemError && error.slug === TOO_LATE) return undefined
    throw error
  })
}

function oneOf<Item>(items: readonly Item[], random: Random): Item | undefined {
  return items[Math.floor(random() * items.length)]
}
