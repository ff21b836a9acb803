import { NoTokenError } from '@conclave/client/connection/api-health'
import { ROOMS_MADE_MAX, ROOMS_OF_PERSON_MAX } from '@conclave/shared/bounds'
import { ProblemError } from '@conclave/shared/client'
import type { ProblemSlug } from '@conclave/shared/problems'

/** What to tell the person: what happened, and what to do next. */
const MESSAGES: Record<ProblemSlug, string> = {
  'invalid-request': 'The server did not understand this. Reload the page and try again.',
  'not-signed-in': 'Your session has ended. Sign in again to continue.',
  'access-removed': 'Your access was removed by an administrator.',
  'signed-out': 'You were signed out. Sign in again to continue.',
  'not-found': 'There is nothing here.',
  'room-not-found': 'This room does not exist, or you are not in it.',
  'message-not-found': 'This message is not there any more.',
  'person-not-found': 'This person is not in the team.',
  'session-not-found': 'This session has ended already.',
  'channel-not-found': 'Live updates for this room are not available to you.',
  'method-not-allowed': 'This cannot be done here.',
  'not-allowed': 'Your role does not allow this.',
  'kept-out': 'You were removed from this room. Only a member can add you again.',
  'too-slow': 'This took too long to reach the server. Check your network and try again.',
  'message-id-taken': 'This message could not be sent. Copy its text and send it as a new message.',
  'message-removed': 'This message was removed.',
  'edit-window-over': 'It is too late to edit this message.',
  'last-owner': 'There must be an owner. Make somebody else an owner first.',
  'own-account': 'You cannot do this to your own account.',
  'too-many-rooms': `You are in ${counted(ROOMS_OF_PERSON_MAX)} rooms, the most that one person can be in. Leave one first.`,
  'too-many-rooms-made': `You have made ${counted(ROOMS_MADE_MAX)} rooms, the most that one person can make. Ask a colleague to make this one.`,
  'person-in-too-many-rooms':
    'This person is in so many rooms that nobody can add them to another.',
  'too-many-reactions':
    'This message has as many different emoji as one may have. Use one of them.',
  'room-archived': 'This room is archived. Nobody can send or edit messages in it.',
  'too-large': 'This is too large to send.',
  'unsupported-media-type': 'This kind of content cannot be sent.',
  'expectation-failed':
    'Something between here and the server changes requests. Try another network.',
  'head-too-large': 'This is too large to send. Reload the page and try again.',
  'message-too-long': 'This message is too long.',
  'too-many-mentions': 'A message can mention at most 20 people.',
  'slow-down': 'That was a little fast. Wait a moment and try again.',
  internal: 'Something went wrong on our side. Try again in a moment.',
  unavailable: 'The server cannot answer right now. Try again in a moment.',
}

/** Of a problem that a newer api has and this page does not know, the api's own words. */
function messageOf({ slug, problem }: ProblemError): string {
  return Object.hasOwn(MESSAGES, slug) ? problemMessage(slug) : `${problem.title}.`
}

export function problemMessage(slug: ProblemSlug): string {
  return MESSAGES[slug]
}

function counted(count: number): string {
  return count.toLocaleString('en')
}

/** Which server is away, for an error after which a retry may help; without an error, the server that this page is from. */
export function whatIsAway(error?: unknown): string {
  if (!navigator.onLine) return 'This device is offline.'
  if (error instanceof NoTokenError) return 'The sign-in service is not responding.'
  return error instanceof ProblemError
    ? 'The server cannot answer right now.'
    : 'The server is not responding.'
}

/** The same for any thrown error; one that is no problem document means that something did not answer. */
export function errorMessage(error: unknown): string {
  if (!(error instanceof ProblemError)) return `${whatIsAway(error)} Try again in a moment.`
  const wait = waitSeconds(error)
  if (error.slug !== 'slow-down' || wait === undefined) return messageOf(error)
  return `That was a little fast. Try again in ${wait} ${wait === 1 ? 'second' : 'seconds'}.`
}

/** How many seconds the server asked to wait; a retry must not come sooner. */
export function waitSeconds(error: unknown): number | undefined {
  return error instanceof ProblemError ? error.retryAfterSeconds : undefined
}

/** Whether the same request may succeed later. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof ProblemError)) return true
  return (
    error.problem.status >= 500 || ['unavailable', 'slow-down', 'too-slow'].includes(error.slug)
  )
}
