import type Pusher from 'pusher'
import { statusOf, type Auth0Management } from '../../auth0/management.ts'
import type { Step } from './steps.store.ts'

export interface Elsewhere {
  pusher: Pusher
  management: Auth0Management | undefined
}

/** Does one thing at Pusher or Auth0; repeating it changes nothing. `unavailable`: there is no way to do it. */
export async function performStep(
  { pusher, management }: Elsewhere,
  { kind, personId, sub, sid }: Step,
): Promise<'done' | 'unavailable'> {
  if (kind === 'sockets-closed') {
    // By our id: Pusher's SDK signs Auth0's ids wrongly, and they are none of Pusher's business.
    const answer = await pusher.terminateUserConnections(personId)
    await answer.text()
    return 'done'
  }
  if (!management) return 'unavailable'
  try {
    if (kind === 'auth0-sessions-ended') await management.endSessions(sub, sid ?? undefined)
    else await management.setBlocked(sub, kind === 'auth0-blocked')
  } catch (error) {
    // Whom Auth0 does not know cannot sign in there.
    if (statusOf(error) !== 404) throw error
  }
  return 'done'
}
