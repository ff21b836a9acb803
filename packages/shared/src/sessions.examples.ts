import { ALICE, NOON, type Example } from './examples.ts'
import { Session } from './sessions.ts'

const here: Session = {
  id: ALICE,
  userAgent: 'Mozilla/5.0',
  createdAt: NOON,
  lastSeenAt: NOON,
  current: true,
}

export const SESSIONS_EXAMPLES: Record<string, Example> = {
  Session: {
    schema: Session,
    valid: [here, { ...here, userAgent: '', current: false }],
    invalid: { "Auth0's id for it": { ...here, sid: 's_1' } },
  },
}
