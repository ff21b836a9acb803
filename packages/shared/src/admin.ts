import { Type, type Static } from 'typebox'
import { endpoint } from './contract.ts'
import { strict } from './shapes.ts'
import { Count, Id, Time, WRITTEN_PATTERN } from './ids.ts'
import { nextByName, pageByName } from './paging.ts'
import { Me, Person, WorkspaceRole } from './people.ts'

export const BLOCK_REASON_MAX_CHARS = 250
/** How many revocation steps of a person are shown. */
export const STEPS_SHOWN_MAX = 20

/** What a revocation does at Auth0 and Pusher, besides our own database. */
export const RevocationKind = Type.Union([
  Type.Literal('sockets-closed'),
  Type.Literal('auth0-blocked'),
  Type.Literal('auth0-unblocked'),
  Type.Literal('auth0-sessions-ended'),
])
export type RevocationKind = Static<typeof RevocationKind>

/** One such step; the api refuses the person at once, without waiting for it. */
export const RevocationStep = Type.Object(
  {
    kind: RevocationKind,
    createdAt: Time,
    doneAt: Type.Union([Time, Type.Null()]),
    attempts: Type.Integer({ minimum: 0 }),
    /** Why nothing was done: the api has no access to Auth0, or a newer step replaced this one. */
    skipped: Type.Union([Type.Literal('unavailable'), Type.Literal('superseded'), Type.Null()]),
  },
  strict,
)
export type RevocationStep = Static<typeof RevocationStep>

/** A person as owners and admins of the workspace see them. */
export const AdminPerson = Type.Object(
  {
    ...Person.properties,
    email: Me.properties.email,
    emailVerified: Me.properties.emailVerified,
    blockedAt: Type.Union([Time, Type.Null()]),
    blockedReason: Type.Union([Type.String(), Type.Null()]),
    /**
     * The revocation steps since the last block or sign-out everywhere, oldest first; at most the last
     * `STEPS_SHOWN_MAX`.
     */
    steps: Type.Array(RevocationStep),
  },
  strict,
)
export type AdminPerson = Static<typeof AdminPerson>

const OfPerson = Type.Object({ personId: Id }, strict)

export const listAdminPeople = endpoint({
  method: 'GET',
  path: '/v1/admin/people',
  summary: 'List or search everybody who ever signed in, with their access, a page at a time',
  tag: 'admin',
  access: 'person',
  limit: 'checking',
  query: Type.Object(pageByName, strict),
  status: 200,
  result: Type.Object(
    {
      people: Type.Array(AdminPerson),
      /** How many owners the workspace has who are not blocked. */
      owners: Count,
      next: nextByName,
    },
    strict,
  ),
  problems: ['not-allowed'],
})

export const updatePersonRole = endpoint({
  method: 'PATCH',
  path: '/v1/admin/people/:personId',
  summary: 'Change a person’s role in the workspace',
  tag: 'admin',
  access: 'person',
  limit: 'sensitive',
  params: OfPerson,
  body: Type.Object({ role: WorkspaceRole }, strict),
  status: 200,
  result: AdminPerson,
  problems: ['not-allowed', 'person-not-found', 'last-owner'],
})

/** From the response on nothing of theirs is accepted and nothing new reaches them, whatever their client does. */
export const blockPerson = endpoint({
  method: 'PUT',
  path: '/v1/admin/people/:personId/block',
  summary: 'Block a person',
  tag: 'admin',
  access: 'person',
  limit: 'defending',
  params: OfPerson,
  body: Type.Object(
    {
      reason: Type.Optional(
        Type.String({ maxLength: BLOCK_REASON_MAX_CHARS, pattern: WRITTEN_PATTERN }),
      ),
    },
    strict,
  ),
  status: 200,
  result: AdminPerson,
  problems: ['not-allowed', 'person-not-found', 'last-owner', 'own-account'],
})

export const unblockPerson = endpoint({
  method: 'DELETE',
  path: '/v1/admin/people/:personId/block',
  summary: 'Unblock a person, who then has to sign in again',
  tag: 'admin',
  access: 'person',
  limit: 'sensitive',
  params: OfPerson,
  status: 200,
  result: AdminPerson,
  problems: ['not-allowed', 'person-not-found'],
})
