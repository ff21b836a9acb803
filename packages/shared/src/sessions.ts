import { Type, type Static } from 'typebox'
import { endpoint } from './contract.ts'
import { strict } from './shapes.ts'
import { Id, Time } from './ids.ts'

/** A place where I am signed in. */
export const Session = Type.Object(
  {
    id: Id,
    /** What the browser called itself, in its own words. */
    userAgent: Type.String(),
    createdAt: Time,
    /** To within a few minutes. */
    lastSeenAt: Time,
    /** Whether it is the one that asks. */
    current: Type.Boolean(),
  },
  strict,
)
export type Session = Static<typeof Session>

const Ended = Type.Object({ ended: Type.Integer({ minimum: 0 }) }, strict)

/** Sessions are told apart by Auth0's id for them, which the tenant's Post-Login Action puts into the token. */
export const listSessions = endpoint({
  method: 'GET',
  path: '/v1/me/sessions',
  summary: 'Where I am signed in',
  tag: 'sessions',
  access: 'person',
  limit: 'checking',
  status: 200,
  result: Type.Object({ sessions: Type.Array(Session) }, strict),
  problems: [],
})

export const endSession = endpoint({
  method: 'DELETE',
  path: '/v1/me/sessions/:sessionId',
  summary: 'Sign out here, or in another place of mine',
  tag: 'sessions',
  access: 'person',
  limit: 'defending',
  params: Type.Object({ sessionId: Id }, strict),
  status: 200,
  result: Ended,
  problems: ['session-not-found'],
})

/** Also ends what no session is known of: every token issued until now is refused. */
export const endSessions = endpoint({
  method: 'DELETE',
  path: '/v1/me/sessions',
  summary: 'Sign out everywhere, here too',
  tag: 'sessions',
  access: 'person',
  limit: 'defending',
  status: 200,
  result: Ended,
  problems: [],
})
