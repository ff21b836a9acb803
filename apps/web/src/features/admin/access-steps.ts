import type { AdminPerson, RevocationKind, RevocationStep } from '@conclave/shared/admin'

/** One step of removing somebody's access, or of giving it back. */
export interface AccessStep {
  label: string
  state: 'done' | 'waiting' | 'not-set-up'
  at: string | null
  attempts: number
}

const LABELS: Record<RevocationKind, string> = {
  'sockets-closed': 'Open connections closed',
  'auth0-blocked': 'Blocked in Auth0',
  'auth0-unblocked': 'Unblocked in Auth0',
  'auth0-sessions-ended': 'Auth0 sessions ended',
}

const OF_GIVING_BACK: RevocationKind = 'auth0-unblocked'

/** Everything since somebody was blocked; after unblocking, only what is still to do. */
export function accessSteps({ blockedAt, steps }: AdminPerson): AccessStep[] {
  if (blockedAt === null) {
    return steps
      .filter(({ kind, doneAt }) => kind === OF_GIVING_BACK && doneAt === null)
      .map(stepOf)
  }
  const refused = {
    label: 'Refused by Conclave',
    state: 'done',
    at: blockedAt,
    attempts: 1,
  } as const
  return [
    refused,
    ...steps
      .filter(({ kind, createdAt }) => kind !== OF_GIVING_BACK && createdAt >= blockedAt)
      // A later block or unblock made it unnecessary before it was done.
      .filter(({ skipped }) => skipped !== 'superseded')
      .map(stepOf),
  ]
}

export function isUnderWay(person: AdminPerson): boolean {
  return accessSteps(person).some(({ state }) => state === 'waiting')
}

function stepOf({ kind, doneAt, attempts, skipped }: RevocationStep): AccessStep {
  const state = skipped === 'unavailable' ? 'not-set-up' : doneAt === null ? 'waiting' : 'done'
  return { label: LABELS[kind], at: doneAt, attempts, state }
}
