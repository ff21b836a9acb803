import { Type, type Static } from 'typebox'
import { endpoint, event } from './contract.ts'
import { strict } from './shapes.ts'
import { Count, CountText, Id, IdsText } from './ids.ts'
import { nextByName, pageByName } from './paging.ts'

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

/** Some people, at one revision of the team's stream. */
export const People = Type.Object({ people: Type.Array(Person), rev: Count }, strict)
export type People = Static<typeof People>

/**
 * The people that an answer names, such as the authors of its messages, so that a client need not ask for them. Clients
 * keep them with the other people they hold.
 */
export const named = Type.Optional(People)

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
  limit: 'status',
  body: Type.Object({ status: Status }, strict),
  status: 200,
  result: Me,
  problems: [],
})

export const listPeople = endpoint({
  method: 'GET',
  path: '/v1/people',
  summary: 'List or search the people of the team by name, a page at a time',
  tag: 'people',
  access: 'person',
  limit: 'reading',
  query: Type.Object(
    {
      ...pageByName,
      /** Only people with access who are not in this room of mine: those who can be added to it. */
      outside: Type.Optional(Id),
    },
    strict,
  ),
  status: 200,
  result: Type.Object({ ...People.properties, next: nextByName }, strict),
  problems: ['room-not-found'],
})

/** The most people that are asked for by id at once. */
export const PEOPLE_BY_ID_MAX = 100

export const getPeople = endpoint({
  method: 'GET',
  path: '/v1/people/by-id',
  summary: 'Get these people; those who do not exist are omitted',
  tag: 'people',
  access: 'person',
  limit: 'reading',
  query: Type.Object({ ids: IdsText({ max: PEOPLE_BY_ID_MAX }) }, strict),
  status: 200,
  result: People,
  problems: [],
})

/**
 * The current state of everybody in whom something changed since a revision of the team's stream. `reset` means that too
 * much changed: the client asks again for those it shows.
 */
export const PeopleChanges = Type.Union([
  Type.Object({ reset: Type.Literal(true), rev: Count }, strict),
  Type.Object({ reset: Type.Literal(false), ...People.properties }, strict),
])
export type PeopleChanges = Static<typeof PeopleChanges>

export const listPeopleChanges = endpoint({
  method: 'GET',
  path: '/v1/people/changes',
  summary: 'Everybody in whom something changed after a revision',
  tag: 'people',
  access: 'person',
  limit: 'reading',
  query: Type.Object({ after: CountText }, strict),
  status: 200,
  result: PeopleChanges,
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
