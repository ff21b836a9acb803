import type { People } from '@conclave/shared/people'
import type { Acting } from '../../actor.ts'
import type { Sql } from '../../database/connection.ts'
import { withinBytes } from '../../list-page.ts'
import { readPeopleById } from './people.store.ts'

/** The most people that an answer names beside its own entries, and their bytes of JSON beside a full page; clients ask for others by id. */
const NAMED_MAX_PEOPLE = 200
const NAMED_MAX_BYTES = 40_000

/**
 * The people that an answer names, as its field `named`; no field if it names nobody. They have a revision of their own, so
 * they may be of a later snapshot than the answer. A reader who has lost access since then is named nobody.
 */
export async function readNamed(
  sql: Sql,
  reader: Acting,
  personIds: readonly string[],
  mostBytes = NAMED_MAX_BYTES,
): Promise<{ named?: People }> {
  const ids = [...new Set(personIds)].slice(0, NAMED_MAX_PEOPLE)
  if (ids.length === 0) return {}
  const found = await readPeopleById(sql, reader, ids)
  if (!found) return {}
  const { people, rev } = found
  return { named: { people: withinBytes(people, mostBytes), rev } }
}
