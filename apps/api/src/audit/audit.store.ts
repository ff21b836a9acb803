import type { AuditEntry, AuditRecord, AuditState, AuditTarget } from '@conclave/shared/audit'
import type { ProblemSlug } from '@conclave/shared/problems'
import type { FastifyBaseLogger } from 'fastify'
import type { Sql, TransactionSql } from '../database/connection.ts'
import { withinBytes } from '../list-page.ts'

/** An entry before it is written; the database adds its number, time and hash. */
export interface EntryDraft {
  /** Null: the system itself. */
  actorId: string | null
  action: string
  target: AuditTarget
  before?: AuditState
  after?: AuditState
  requestId: string | null
  /** The problem it was refused with; absent for acts that were done. */
  problem?: ProblemSlug
}

/** An entry's position in the chain. */
export interface EntryPlace {
  number: number
  hash: string
}

/** Holds the lock of the chain until the commit: no other transaction can write an entry. */
export async function insertEntries(
  sql: Sql | TransactionSql,
  drafts: readonly EntryDraft[],
): Promise<EntryPlace[]> {
  if (drafts.length === 0) return []
  return sql<EntryPlace[]>`
    insert into audit (actor_id, action, target, before, after, request_id, problem)
    select
      (draft ->> 'actorId')::uuid,
      draft ->> 'action',
      draft -> 'target',
      draft -> 'before',
      draft -> 'after',
      (draft ->> 'requestId')::uuid,
      draft ->> 'problem'
    from jsonb_array_elements(${JSON.stringify(drafts)}::text::jsonb)
      with ordinality as given (draft, place)
    order by place
    returning number, hash`
}

/** Keeps each hash in the log as well, outside the database: a rewritten chain would not match it. */
export function logEntries(log: FastifyBaseLogger, entries: readonly EntryPlace[]): void {
  for (const { number, hash } of entries) log.info({ audit: { number, hash } }, 'audited')
}

/** The entries as they were hashed, oldest first; fewer than `limit` where they would exceed a page's byte limit. */
export async function readEntries(
  sql: TransactionSql,
  { after, limit }: { after: number; limit: number },
): Promise<AuditEntry[]> {
  const rows = await sql<{ line: string; hash: string }[]>`
    select line, hash from audit where number > ${after} order by number limit ${limit}`
  return withinBytes(
    rows.map(({ line, hash }) => ({ ...(JSON.parse(line) as AuditRecord), line, hash })),
  )
}

export async function readLast(sql: TransactionSql): Promise<EntryPlace | undefined> {
  const [last] = await sql<EntryPlace[]>`
    select number, hash from audit order by number desc limit 1`
  return last && { number: last.number, hash: last.hash }
}
