import { UUID_PATTERN } from '@conclave/shared/ids'
import type { Acting } from '../../actor.ts'
import type { Sql } from '../../database/connection.ts'
import type { NothingToFind } from './search-plan.ts'
import { readPeopleKnown, readPeopleNamed, readRoomsNamed, type Named } from './search.store.ts'

/** More people than these are not meant by one name. */
const PEOPLE_MAX = 50
const ROOMS_MAX = 500
const ID = new RegExp(`^${UUID_PATTERN}$`)

/** The people whom these names or ids mean, `me` being the reader; or the first name that nobody has. */
export async function peopleMeant(
  sql: Sql,
  { personId }: Acting,
  given: readonly string[],
): Promise<string[] | NothingToFind> {
  const asked = given.map((name) => (name.toLowerCase() === 'me' ? personId : name))
  const known = await readPeopleKnown(sql, asked.filter(isId))
  const stranger = asked.find((name) => isId(name) && !known.has(name))
  if (stranger !== undefined) return { kind: 'unknown-person', about: stranger }
  const names = asked.filter((name) => !isId(name))
  if (names.length === 0) return [...known]
  const found = await readPeopleNamed(sql, { names, most: PEOPLE_MAX })
  const people = meant(names, found, 'unknown-person')
  return 'kind' in people ? people : [...known, ...people]
}

/** The same for the reader's rooms. One that they are not in has no name. */
export async function roomsMeant(
  sql: Sql,
  reader: Acting,
  names: readonly string[],
): Promise<string[] | NothingToFind> {
  const found = await readRoomsNamed(sql, reader, { names, most: ROOMS_MAX })
  return meant(names, found, 'unknown-room')
}

/** A whole name means only those who have it, although others begin with it. */
function meant(
  names: readonly string[],
  found: readonly Named[],
  kind: 'unknown-person' | 'unknown-room',
): string[] | NothingToFind {
  const ids = new Set<string>()
  for (const [at, about] of names.entries()) {
    const ofName = found.filter(({ nth }) => nth === at + 1)
    if (ofName.length === 0) return { kind, about }
    const whole = ofName.filter((one) => one.whole)
    for (const { id } of whole.length > 0 ? whole : ofName) ids.add(id)
  }
  return [...ids]
}

function isId(name: string): boolean {
  return ID.test(name)
}
