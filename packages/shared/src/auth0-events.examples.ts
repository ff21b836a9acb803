import { Auth0Event } from './auth0-events.ts'
import type { Example } from './examples.ts'

const blocked = {
  specversion: '1.0',
  id: 'evt_1',
  type: 'user.updated',
  data: { object: { user_id: 'auth0|1', email: 'alice@example.com', blocked: true } },
}

export const AUTH0_EVENTS_EXAMPLES: Record<string, Example> = {
  Auth0Event: {
    schema: Auth0Event,
    valid: [
      blocked,
      { ...blocked, type: 'organization.created', data: { object: { name: 'Acme' } } },
    ],
    invalid: {
      'no id, by which a repeat is known': { ...blocked, id: undefined },
      'no object': { ...blocked, data: {} },
      'a state that is neither': { ...blocked, data: { object: { blocked: 'yes' } } },
    },
  },
}
