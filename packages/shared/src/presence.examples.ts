import type { TeamEvent } from './events.ts'
import { ALICE, BOB, type Example } from './examples.ts'
import { PresenceUpdate } from './presence.ts'

export const PRESENCE_EVENTS: TeamEvent[] = [
  { type: 'presence.updated', data: { online: [BOB], offline: [ALICE] } },
]

export const PRESENCE_EXAMPLES: Record<string, Example> = {
  PresenceUpdate: {
    schema: PresenceUpdate,
    valid: [
      { online: [ALICE], offline: [] },
      { online: [], offline: [ALICE, BOB] },
    ],
    invalid: {
      'what the person is doing': { online: [{ id: ALICE, status: 'busy' }], offline: [] },
      'only one of the two': { online: [ALICE] },
    },
  },
}
