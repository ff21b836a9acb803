import { Type, type Static } from 'typebox'
import { endpoint } from './contract.ts'
import { strict } from './shapes.ts'
import { WRITTEN_PATTERN } from './ids.ts'

/** The fields of an event that we read; Auth0 adds others, so unknown fields are ignored. */
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

/** Sent with a secret that is shared with Auth0's event stream only. */
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
