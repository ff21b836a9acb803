import { ROOMS_MADE_MAX, ROOMS_OF_PERSON_MAX } from '@conclave/shared/bounds'
import type { ProblemSlug } from '@conclave/shared/problems'
import * as words from '../words/en/problem-sentences.en.ts'
import { t } from '../words/say.ts'
import type { Word } from '../words/word.ts'

/** What to tell the person: what happened, and what to do next. */
const SENTENCES: Record<ProblemSlug, Word<{ most: number }>> = {
  'invalid-request': words.invalidRequest,
  'not-signed-in': words.notSignedIn,
  'access-removed': words.accessRemoved,
  'signed-out': words.signedOut,
  'not-found': words.notFound,
  'room-not-found': words.roomNotFound,
  'message-not-found': words.messageNotFound,
  'person-not-found': words.personNotFound,
  'session-not-found': words.sessionNotFound,
  'channel-not-found': words.channelNotFound,
  'method-not-allowed': words.methodNotAllowed,
  'not-allowed': words.notAllowed,
  'kept-out': words.keptOut,
  'too-slow': words.tooSlow,
  'message-id-taken': words.messageIdTaken,
  'last-owner': words.lastOwner,
  'own-account': words.ownAccount,
  'too-many-rooms': words.tooManyRooms,
  'too-many-rooms-made': words.tooManyRoomsMade,
  'person-in-too-many-rooms': words.personInTooManyRooms,
  'too-many-reactions': words.tooManyReactions,
  'room-archived': words.roomArchived,
  'too-large': words.tooLarge,
  'unsupported-media-type': words.unsupportedMediaType,
  'expectation-failed': words.expectationFailed,
  'head-too-large': words.headTooLarge,
  'message-too-long': words.messageTooLong,
  'too-many-mentions': words.tooManyMentions,
  'message-removed': words.messageRemoved,
  'edit-window-over': words.editWindowOver,
  'slow-down': words.slowDown,
  internal: words.internal,
  unavailable: words.unavailable,
}

/** The limits that a sentence names. */
const MOST: Partial<Record<ProblemSlug, number>> = {
  'too-many-rooms': ROOMS_OF_PERSON_MAX,
  'too-many-rooms-made': ROOMS_MADE_MAX,
}

/** Undefined for a problem that only a newer api has. */
export function sentenceFor(slug: ProblemSlug): string | undefined {
  if (!Object.hasOwn(SENTENCES, slug)) return undefined
  return t(SENTENCES[slug], { most: MOST[slug] ?? 0 })
}
