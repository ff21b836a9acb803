import type Pusher from 'pusher'
import { statusOf, type Auth0Management } from '../../auth0/management.ts'
import type { Step } from './steps.store.ts'

export interface Vendors {
  pusher: Pusher
  management: Auth0Management | undefined
}

/** Performs one step at Pusher or Auth0; it is idempotent. Returns `unavailable` without credentials for Auth0. */
export async function performStep(
  { pusher, management }: Vendors,
  { kind, personId, sub, sid }: Step,
): Promise<'done' | 'unavailable'> {
  if (kind === 'sockets-closed') {
    // By our id: Pusher's SDK signs ids like Auth0's wrongly, and Pusher should not see them anyway.
    const answer = await pusher.terminateUserConnections(personId)
    await answer.text()
    return 'done'
  }
  if (!management) return 'unavailable'
  try {
    if (kind === 'auth0-sessions-ended') await management.endSessions(sub, sid ?? undefined)
    else await management.setBlocked(sub, kind === 'auth0-blocked')
  } catch (error) {
    // A user who does not exist at Auth0 cannot sign in.
    if (statusOf(error) !== 404) throw error
  }
  return 'done'
}
