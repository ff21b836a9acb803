import type { AdminPerson, RevocationKind, RevocationStep } from '@conclave/shared/admin'

/** One line of what became of somebody's access. */
export interface AccessStep {
  label: string
  state: 'done' | 'waiting' | 'not-set-up'
  at: string | null
  attempts: number
}

const LABELS: Record<RevocationKind, string> = {
  'sockets-closed': 'Open connections closed',
  'auth0-blocked': 'Blocked in Auth0',
  'auth0-unblocked': 'Let in again in Auth0',
  'auth0-sessions-ended': 'Auth0 sessions ended',
}

const OF_GIVING_BACK: RevocationKind = 'auth0-unblocked'

/** What happened since somebody was blocked; after that is undone, only what is still to do. */
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
      .map(stepOf),
  ]
}

export function isUnderWay(person: AdminPerson): boolean {
  return accessSteps(person).some(({ state }) => state === 'waiting')
}

function stepOf(
  step: RevocationStep & { skipped?: 'unavailable' | 'superseded' | null },
): AccessStep {
  const { kind, doneAt, attempts } = step
  return { label: LABELS[kind], at: doneAt, attempts, state: stateOf(step) }
}

function stateOf(step: {
  doneAt: string | null
  skipped?: 'unavailable' | 'superseded' | null
}): AccessStep['state'] {
  if (step.skipped === 'unavailable') return 'not-set-up'
  return step.doneAt === null ? 'waiting' : 'done'
}
