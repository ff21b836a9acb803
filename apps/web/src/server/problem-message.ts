import { NoTokenError } from '@conclave/client/connection/api-health'
import { ROOMS_MADE_MAX, ROOMS_OF_PERSON_MAX } from '@conclave/shared/bounds'
import { ProblemError } from '@conclave/shared/client'
import type { ProblemSlug } from '@conclave/shared/problems'
import { unreachable } from '@conclave/shared/unreachable'

/** What to tell the person: what happened, and what to do next. */
export function problemMessage(slug: ProblemSlug): string {
  switch (slug) {
    case 'invalid-request':
      return 'The server did not understand this. Reload the page and try again.'
    case 'not-signed-in':
      return 'Your session has ended. Sign in again to continue.'
    case 'access-removed':
      return 'Your access was removed by an administrator.'
    case 'signed-out':
      return 'You were signed out. Sign in again to continue.'
    case 'not-found':
      return 'There is nothing here.'
    case 'room-not-found':
      return 'This room does not exist, or you are not in it.'
    case 'message-not-found':
      return 'This message is not there any more.'
    case 'person-not-found':
      return 'This person is not in the team.'
    case 'session-not-found':
      return 'This session has ended already.'
    case 'channel-not-found':
      return 'Live updates for this room are not available to you.'
    case 'method-not-allowed':
      return 'This cannot be done here.'
    case 'not-allowed':
      return 'Your role does not allow this.'
    case 'kept-out':
      return 'You were removed from this room. Only a member can add you again.'
    case 'too-slow':
      return 'This took too long to reach the server. Check your network and try again.'
    case 'message-id-taken':
      return 'This message could not be sent. Copy its text and send it as a new message.'
    case 'last-owner':
      return 'There must be an owner. Make somebody else an owner first.'
    case 'own-account':
      return 'You cannot do this to your own account.'
    case 'too-many-rooms':
      return `You are in ${counted(ROOMS_OF_PERSON_MAX)} rooms, the most that one person can be in. Leave one first.`
    case 'too-many-rooms-made':
      return `You have made ${counted(ROOMS_MADE_MAX)} rooms, the most that one person can make. Ask a colleague to make this one.`
    case 'person-in-too-many-rooms':
      return 'This person is in so many rooms that nobody can add them to another.'
    case 'too-many-reactions':
      return 'This message has as many different emoji as one may have. Use one of them.'
    case 'room-archived':
      return 'This room is archived. Nobody can send messages in it.'
    case 'too-large':
      return 'This is too large to send.'
    case 'unsupported-media-type':
      return 'This kind of content cannot be sent.'
    case 'expectation-failed':
      return 'Something between here and the server changes requests. Try another network.'
    case 'head-too-large':
      return 'This is too large to send. Reload the page and try again.'
    case 'message-too-long':
      return 'This message is too long.'
    case 'slow-down':
      return 'That was a little fast. Wait a moment and try again.'
    case 'internal':
      return 'Something went wrong on our side. Try again in a moment.'
    case 'unavailable':
      return 'The service cannot answer right now. Try again in a moment.'
    default:
      return unreachable(slug)
  }
}

function counted(count: number): string {
  return count.toLocaleString('en')
}

/** The same for any thrown error: no answer at all means the network. */
export function errorMessage(error: unknown): string {
  if (error instanceof NoTokenError)
    return 'The sign-in service is not responding. Try again in a moment.'
  if (!(error instanceof ProblemError))
    return 'No connection to the server. Check your network and try again.'
  const wait = waitSeconds(error)
  if (error.slug !== 'slow-down' || wait === undefined) return problemMessage(error.slug)
  return `That was a little fast. Try again in ${wait} ${wait === 1 ? 'second' : 'seconds'}.`
}

/** How many seconds the server asked to wait; a retry must not come sooner. */
export function waitSeconds(error: unknown): number | undefined {
  return error instanceof ProblemError ? error.retryAfterSeconds : undefined
}

/** Whether the same request may succeed later. */
export function isTransient(error: unknown): boolean {
  if (!(error instanceof ProblemError)) return true
  return ['unavailable', 'slow-down', 'internal', 'too-slow'].includes(error.slug)
}
