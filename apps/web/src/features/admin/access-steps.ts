import type { AdminPerson, RevocationKind, RevocationStep } from '@conclave/shared/admin'
import * as words from '../../words/en/admin.en.ts'
import type { Word } from '../../words/word.ts'

/** One step of removing somebody's access, or of giving it back. */
export interface AccessStep {
  label: Word
  state: 'done' | 'waiting' | 'not-set-up'
  at: string | null
  attempts: number
}

const LABELS: Record<RevocationKind, Word> = {
  'sockets-closed': words.socketsClosed,
  'auth0-blocked': words.auth0Blocked,
  'auth0-unblocked': words.auth0Unblocked,
  'auth0-sessions-ended': words.auth0SessionsEnded,
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
    label: words.refused,
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
