import type { AuditRecord } from '@conclave/shared/audit'
import { expect } from 'vitest'
import type { Sql } from '../src/database/connection.ts'
import type { Colleague } from './data-people.ts'
import { NOWHERE } from './data-rooms.ts'

/** All entries, read from the database, so that reading leaves no entry. */
export async function auditOf({ sql }: { sql: Sql }): Promise<AuditRecord[]> {
  const rows = await sql<{ line: string }[]>`select line from audit order by number`
  return rows.map(({ line }) => JSON.parse(line) as AuditRecord)
}

/** The entries that this leaves: no more of them come once the witness's own refusal is there. */
export async function auditedBy(
  database: { sql: Sql },
  witness: Colleague,
  work: () => Promise<unknown>,
): Promise<AuditRecord[]> {
  const from = (await beRefused(database, witness)).at(-1)!.number
  await work()
  const entries = await beRefused(database, witness)
  return entries.slice(0, -1).filter(({ number }) => number > from)
}

/** Requests an unknown room, and waits until that is in the log. */
async function beRefused(database: { sql: Sql }, witness: Colleague): Promise<AuditRecord[]> {
  const { text } = await witness.send('GET', `/v1/rooms/${NOWHERE}`)
  const { instance } = JSON.parse(text) as { instance: string }
  let entries: AuditRecord[] = []
  await expect
    .poll(async () => {
      entries = await auditOf(database)
      return entries.at(-1)?.requestId
    })
    .toBe(instance)
  return entries
}
