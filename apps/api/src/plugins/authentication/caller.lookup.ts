import type { Identity } from '../../actor.ts'
import type { Sql } from '../../database/connection.ts'
import { gather } from '../../waiting/gather.ts'
import { findCallers, type Caller } from './caller.store.ts'

const ASKED_TOGETHER_MAX = 100

/** Looks up the person that a verified token belongs to. */
export type FindCaller = (identity: Identity) => Promise<Caller | undefined>

export function createFindCaller(sql: Sql): FindCaller {
  return gather(async (identities) => findCallers(sql, identities), ASKED_TOGETHER_MAX)
}
