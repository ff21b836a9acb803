import type { TeamEvent } from './events.ts'
import { ALICE, type Example } from './examples.ts'
import { Presence } from './presence.ts'

export const PRESENCE_EVENTS: TeamEvent[] = [
  { type: 'presence.changed', data: { personId: ALICE, online: false } },
]

export const PRESENCE_EXAMPLES: Record<string, Example> = {
  Presence: {
    schema: Presence,
    valid: [{ personId: ALICE, online: true }],
    invalid: {
      'what the person is doing': { personId: ALICE, online: true, status: 'busy' },
      'something between': { personId: ALICE, online: 'maybe' },
    },
  },
}
