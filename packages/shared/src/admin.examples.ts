import {
  AdminPerson,
  BLOCK_REASON_MAX_CHARS,
  blockPerson,
  type RevocationStep,
  updatePersonRole,
} from './admin.ts'
import { NOON, type Example } from './examples.ts'
import { bob } from './people.examples.ts'

const closing: RevocationStep = {
  kind: 'sockets-closed',
  createdAt: NOON,
  doneAt: null,
  attempts: 1,
  skipped: null,
}
const blocked: AdminPerson = {
  ...bob,
  active: false,
  email: 'bob@example.com',
  emailVerified: true,
  role: 'member',
  blockedAt: NOON,
  blockedReason: 'Left the company',
  steps: [closing, { ...closing, kind: 'auth0-blocked', doneAt: NOON }],
}

export const ADMIN_EXAMPLES: Record<string, Example> = {
  AdminPerson: {
    schema: AdminPerson,
    valid: [blocked, { ...blocked, active: true, blockedAt: null, blockedReason: null, steps: [] }],
    invalid: {
      "Auth0's own id, which stays on the server": { ...blocked, auth0Sub: 'auth0|1' },
      'a step there is not': { ...blocked, steps: [{ ...closing, kind: 'shouted-at' }] },
    },
  },
  blockPerson: {
    schema: blockPerson.body,
    valid: [{}, { reason: 'Left the company' }],
    invalid: {
      'a reason too long': { reason: 'r'.repeat(BLOCK_REASON_MAX_CHARS + 1) },
      'a time by wish': { blockedAt: NOON },
    },
  },
  updatePersonRole: {
    schema: updatePersonRole.body,
    valid: [{ role: 'admin' }],
    invalid: { 'a role of a room': { role: 'moderator' }, 'no role': {} },
  },
}
