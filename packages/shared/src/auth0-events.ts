import { Type, type Static } from 'typebox'
import { endpoint } from './contract.ts'
import { strict } from './shapes.ts'
import { WRITTEN_PATTERN } from './ids.ts'

/** What we read of an event; Auth0 adds fields as it likes, so unknown ones are ignored here and only here. */
export const Auth0Event = Type.Object({
  id: Type.String({ minLength: 1, maxLength: 255, pattern: WRITTEN_PATTERN }),
  type: Type.String(),
  data: Type.Object({
    object: Type.Object({
      user_id: Type.Optional(Type.String({ maxLength: 255, pattern: WRITTEN_PATTERN })),
      blocked: Type.Optional(Type.Boolean()),
    }),
  }),
})
export type Auth0Event = Static<typeof Auth0Event>

/** Sent with a secret that only Auth0's event stream and we know. */
export const receiveAuth0Event = endpoint({
  method: 'POST',
  path: '/auth0/events',
  summary: 'Receive an event of Auth0 about a changed or deleted user',
  tag: 'auth0-events',
  access: 'public',
  status: 200,
  result: Type.Object({}, strict),
  problems: [],
})
