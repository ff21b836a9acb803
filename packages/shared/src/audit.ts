import { Type, type Static } from 'typebox'
import { endpoint } from './contract.ts'
import { byName, strict } from './shapes.ts'
import { Count, CountText, Id, Time } from './ids.ts'
import type { ProblemSlug } from './problems.ts'

/** What is recorded as done; a refused request is recorded under its endpoint's name. */
export const AuditAction = Type.Union([
  Type.Literal('room.created'),
  Type.Literal('room.settings-changed'),
  Type.Literal('member.added'),
  Type.Literal('member.removed'),
  Type.Literal('member.left'),
  Type.Literal('member.role-changed'),
  Type.Literal('message.removed'),
  Type.Literal('person.blocked'),
  Type.Literal('person.unblocked'),
  Type.Literal('person.role-changed'),
  Type.Literal('workspace.updated'),
  Type.Literal('session.ended'),
  Type.Literal('sessions.ended'),
  Type.Literal('audit.read'),
  /** This many refusals were lost, because the database was unreachable for too long. */
  Type.Literal('refusals.lost'),
])
export type AuditAction = Static<typeof AuditAction>

/** Refusals of access, which are recorded; others are not. */
export const AUDITED_PROBLEMS: readonly ProblemSlug[] = [
  'not-allowed',
  'kept-out',
  'access-removed',
  'signed-out',
  'room-not-found',
  'person-not-found',
  'session-not-found',
  'channel-not-found',
  'last-owner',
  'own-account',
]

/** Ids by name, as in `{ roomId, personId }`. */
export const AuditTarget = byName(Id)
export type AuditTarget = Static<typeof AuditTarget>

/** Roles, kinds and counts; never what people wrote, not even a room's name. */
export const AuditState = byName(
  Type.Union([Type.String(), Type.Integer(), Type.Boolean(), Type.Null()]),
)
export type AuditState = Static<typeof AuditState>

const Hash = Type.String({ pattern: '^[0-9a-f]{64}$' })

/** What an entry's `line` contains, as JSON. */
export const AuditRecord = Type.Object(
  {
    number: Count,
    /** The hash of the entry before; 64 zeros in the first. */
    previous: Hash,
    at: Time,
    /** Null: the system itself. */
    actorId: Type.Union([Id, Type.Null()]),
    action: Type.String(),
    target: AuditTarget,
    before: Type.Union([AuditState, Type.Null()]),
    after: Type.Union([AuditState, Type.Null()]),
    /** The request's `x-request-id`, which is also in the api's log. */
    requestId: Type.Union([Id, Type.Null()]),
    outcome: Type.Union([Type.Literal('done'), Type.Literal('refused')]),
    problem: Type.Union([Type.String(), Type.Null()]),
  },
  strict,
)
export type AuditRecord = Static<typeof AuditRecord>

/**
 * `hash` is the SHA-256 of `line`, in hex; the next entry's line has it as `previous`. A file of lines `<hash> <line>`
 * is what `pnpm audit:verify` checks.
 */
export const AuditEntry = Type.Object(
  { ...AuditRecord.properties, line: Type.String(), hash: Hash },
  strict,
)
export type AuditEntry = Static<typeof AuditEntry>

const Place = Type.Object({ number: Count, hash: Hash }, strict)

export const AuditPage = Type.Object(
  {
    entries: Type.Array(AuditEntry),
    /** The last entry of the log; null while it is empty. */
    last: Type.Union([Place, Type.Null()]),
  },
  strict,
)
export type AuditPage = Static<typeof AuditPage>

export const AUDIT_PAGE_MAX_ENTRIES = 1_000

/** Reading is recorded too, in an entry that this response does not have yet. */
export const listAudit = endpoint({
  method: 'GET',
  path: '/v1/admin/audit',
  summary: 'List who did what, and who was refused what, oldest first',
  tag: 'admin',
  access: 'person',
  limit: 'reading',
  query: Type.Object(
    {
      after: Type.Optional(CountText),
      limit: Type.Optional(Type.String({ pattern: '^([1-9][0-9]{0,2}|1000)$' })),
    },
    strict,
  ),
  status: 200,
  result: AuditPage,
  problems: ['not-allowed'],
})
