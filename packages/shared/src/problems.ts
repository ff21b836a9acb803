import { Type, type Static } from 'typebox'
import { strict } from './shapes.ts'

/**
 * Every problem the api can answer (RFC 9457). `type` on the wire is `/problems/<slug>`. docs/problems.md explains
 * each; a test keeps the two in step.
 */
export const PROBLEMS = {
  'invalid-request': { status: 400, title: 'The request is not of the documented form' },
  'not-signed-in': { status: 401, title: 'A valid access token is needed' },
  'access-removed': { status: 401, title: 'Your access was removed by an administrator' },
  'signed-out': { status: 401, title: 'This session was signed out' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'room-not-found': { status: 404, title: 'There is no such room' },
  'message-not-found': { status: 404, title: 'There is no such message' },
  'person-not-found': { status: 404, title: 'There is no such person' },
  'session-not-found': { status: 404, title: 'There is no such session' },
  'channel-not-found': { status: 404, title: 'There is no such channel' },
  'method-not-allowed': { status: 405, title: 'This method is not offered here' },
  'not-allowed': { status: 403, title: 'Your role does not allow this' },
  'too-slow': { status: 408, title: 'The request took too long to arrive' },
  'kept-out': { status: 403, title: 'Only somebody in the room can let you in again' },
  'message-id-taken': { status: 409, title: 'Another message has this id' },
  'message-removed': { status: 409, title: 'The message was removed' },
  'edit-window-over': { status: 409, title: 'It is too late to edit this message' },
  'last-owner': { status: 409, title: 'Somebody has to stay the owner' },
  'own-account': { status: 409, title: 'This cannot be done to your own account' },
  'too-many-rooms': { status: 409, title: 'You are in as many rooms as one person may be in' },
  'too-many-rooms-made': {
    status: 409,
    title: 'You have made as many rooms as one person may make',
  },
  'person-in-too-many-rooms': {
    status: 409,
    title: 'Somebody is in as many rooms as others may bring them into',
  },
  'too-many-reactions': {
    status: 409,
    title: 'The message has as many different reactions as one may have',
  },
  'room-archived': { status: 409, title: 'The room is archived' },
  'too-large': { status: 413, title: 'The request body is too large' },
  'unsupported-media-type': { status: 415, title: 'This content type is not accepted' },
  'expectation-failed': { status: 417, title: 'This expectation cannot be met' },
  'message-too-long': { status: 422, title: 'The message is too long' },
  'too-many-mentions': { status: 422, title: 'The message mentions too many people' },
  'slow-down': { status: 429, title: 'Too many requests' },
  'head-too-large': { status: 431, title: 'The head of the request is too large' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  unavailable: { status: 503, title: 'The service cannot answer right now' },
} as const satisfies Record<string, { status: number; title: string }>

export type ProblemSlug = keyof typeof PROBLEMS

/** Problems that every endpoint may answer. */
export const COMMON_PROBLEMS = [
  'invalid-request',
  'not-signed-in',
  'access-removed',
  'signed-out',
  'too-slow',
  'too-large',
  'unsupported-media-type',
  'expectation-failed',
  'slow-down',
  'head-too-large',
  'internal',
  'unavailable',
] as const satisfies readonly ProblemSlug[]

/** The problem document on the wire: `application/problem+json`. */
export const Problem = Type.Object(
  {
    type: Type.String({ pattern: '^/problems/[a-z-]+$' }),
    title: Type.String(),
    status: Type.Integer(),
    detail: Type.Optional(Type.String()),
    /** The request id, to quote when asking for help. */
    instance: Type.String(),
    /** Where an `invalid-request` is wrong, as JSON Pointers (RFC 6901). */
    errors: Type.Optional(
      Type.Array(Type.Object({ pointer: Type.String(), detail: Type.String() }, strict)),
    ),
  },
  strict,
)
export type Problem = Static<typeof Problem>

/** The slug of a problem document, or undefined for any other document. */
export function problemSlug(problem: { type?: unknown }): ProblemSlug | undefined {
  if (typeof problem.type !== 'string') return undefined
  const slug = problem.type.replace('/problems/', '')
  return Object.hasOwn(PROBLEMS, slug) ? (slug as ProblemSlug) : undefined
}
