import { Type, type Static } from 'typebox'
import { endpoint } from './contract.ts'
import { strict } from './shapes.ts'
import { Id, Time } from './ids.ts'

/** One of my sessions: a browser in which I am signed in. */
export const Session = Type.Object(
  {
    id: Id,
    /** The browser's `User-Agent`. */
    userAgent: Type.String(),
    createdAt: Time,
    /** Accurate to a few minutes. */
    lastSeenAt: Time,
    /** Whether it is the caller's session. */
    current: Type.Boolean(),
  },
  strict,
)
export type Session = Static<typeof Session>

const Ended = Type.Object({ ended: Type.Integer({ minimum: 0 }) }, strict)

/** Sessions are identified by Auth0's session id, which the tenant's Post-Login Action adds to the token. */
export const listSessions = endpoint({
  method: 'GET',
  path: '/v1/me/sessions',
  summary: 'List my sessions',
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
  summary: 'End this session, or another one of mine',
  tag: 'sessions',
  access: 'person',
  limit: 'defending',
  params: Type.Object({ sessionId: Id }, strict),
  status: 200,
  result: Ended,
  problems: ['session-not-found'],
})

/** Also ends sign-ins without a stored session: every token issued until now is refused. */
export const endSessions = endpoint({
  method: 'DELETE',
  path: '/v1/me/sessions',
  summary: 'End all my sessions, this one included',
  tag: 'sessions',
  access: 'person',
  limit: 'defending',
  status: 200,
  result: Ended,
  problems: [],
})
