import { Type, type Static } from 'typebox'
import { endpoint, event } from './contract.ts'
import { strict } from './shapes.ts'
import { Count, Id } from './ids.ts'
import { next, pageOfIds } from './paging.ts'

/** Available: each room's setting applies. Busy: only mentions and replies notify. Away: nothing notifies. */
export const Status = Type.Union([
  Type.Literal('available'),
  Type.Literal('busy'),
  Type.Literal('away'),
])
export type Status = Static<typeof Status>
export const STATUSES = ['available', 'busy', 'away'] as const satisfies readonly Status[]

export const WorkspaceRole = Type.Union([
  Type.Literal('owner'),
  Type.Literal('admin'),
  Type.Literal('member'),
])
export type WorkspaceRole = Static<typeof WorkspaceRole>

/** A person as everyone in the team sees them. */
export const Person = Type.Object(
  {
    id: Id,
    name: Type.String(),
    avatarUrl: Type.Union([Type.String(), Type.Null()]),
    status: Status,
    /** The role in the workspace; everyone sees it. */
    role: WorkspaceRole,
    /** False for a blocked person; their messages keep their name. */
    active: Type.Boolean(),
    /** Whether they have a realtime connection now. */
    online: Type.Boolean(),
  },
  strict,
)
export type Person = Static<typeof Person>

/** Myself: the only place an e-mail address leaves the server. */
export const Me = Type.Object(
  {
    ...Person.properties,
    email: Type.String(),
    emailVerified: Type.Boolean(),
  },
  strict,
)
export type Me = Static<typeof Me>

/** The people of the team, at one revision. */
export const People = Type.Object({ people: Type.Array(Person), rev: Count }, strict)
export type People = Static<typeof People>

export const getMe = endpoint({
  method: 'GET',
  path: '/v1/me',
  summary: 'Get my profile; the first call creates it from Auth0',
  tag: 'people',
  access: 'person',
  limit: 'checking',
  status: 200,
  result: Me,
  problems: [],
})

export const updateMe = endpoint({
  method: 'PATCH',
  path: '/v1/me',
  summary: 'Set my status',
  tag: 'people',
  access: 'person',
  limit: 'writing',
  body: Type.Object({ status: Status }, strict),
  status: 200,
  result: Me,
  problems: [],
})

export const listPeople = endpoint({
  method: 'GET',
  path: '/v1/people',
  summary: 'List the people of the team, a page at a time',
  tag: 'people',
  access: 'person',
  limit: 'reading',
  query: Type.Object(pageOfIds, strict),
  status: 200,
  result: Type.Object({ ...People.properties, next }, strict),
  problems: [],
})

export const getPerson = endpoint({
  method: 'GET',
  path: '/v1/people/:personId',
  summary: 'Get one person',
  tag: 'people',
  access: 'person',
  limit: 'reading',
  params: Type.Object({ personId: Id }, strict),
  status: 200,
  result: Person,
  problems: ['person-not-found'],
})

export const PersonJoined = event('person.joined', Person)
export const PersonUpdated = event('person.updated', Person)
