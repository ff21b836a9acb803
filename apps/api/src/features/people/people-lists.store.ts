import type { People, PeopleChanges, Person } from '@conclave/shared/people'
import { PAGE_MAX_BYTES } from '@conclave/shared/paging'
import type { Acting } from '../../actor.ts'
import { isLetIn } from '../../admission.ts'
import type { Sql } from '../../database/connection.ts'
import { withinBytes } from '../../list-page.ts'
import { KEPT_REVS } from '../../log/log.store.ts'
import { streams } from '../../log/streams.ts'
import { cutNamePage, inNamePage, type NamePage } from '../../name-page.ts'
import { personColumns, toPerson } from './people.store.ts'

/** The most people in one answer of changes; after more than that, clients ask for those they show. */
const CHANGED_MAX_PEOPLE = 200

/** A page of the team by name, with its revision, from one snapshot; undefined for a reader without access. */
export async function readPeople(
  sql: Sql,
  reader: Acting,
  asked: NamePage,
): Promise<(People & { next?: string }) | undefined> {
  const rows = await sql<PersonRow[]>`
    select team.rev, person.*
    from team left join lateral (
      select ${personColumns(sql)}, folded_name as "sortName"
      from people where ${inNamePage(sql, asked)}
      order by folded_name, id limit ${asked.limit + 1}
    ) person on true
    where ${isLetIn(sql, reader)}
    order by person."sortName", person.id`
  return rows.length > 0 ? toPage(rows, asked) : undefined
}

/**
 * A page of the people with access who are not in this room; undefined if the reader is not in it either. Somebody who is kept
 * out of it is among them, because any member may let them in. The members are hashed once: in a room of nearly everybody,
 * looking each person up took four times as long.
 */
export async function readPeopleOutside(
  sql: Sql,
  { roomId, reader }: { roomId: string; reader: Acting },
  asked: NamePage,
): Promise<(People & { next?: string }) | undefined> {
  const rows = await sql<PersonRow[]>`
    select team.rev, person.*
    from memberships mine cross join team
    left join lateral (
      select ${personColumns(sql)}, folded_name as "sortName"
      from people
      where blocked_at is null and ${inNamePage(sql, asked)}
        and id not in (select person_id from memberships where room_id = ${roomId})
      order by folded_name, id limit ${asked.limit + 1}
    ) person on true
    where mine.room_id = ${roomId} and mine.person_id = ${reader.personId} and ${isLetIn(sql, reader)}
    order by person."sortName", person.id`
  return rows.length > 0 ? toPage(rows, asked) : undefined
}

/**
 * The current state of everybody in whom something changed after a revision of the team's stream, from one snapshot. `reset`
 * if these are too many, or if the log does not have all of it. Undefined for a reader without access.
 */
export async function readPeopleChanges(
  sql: Sql,
  reader: Acting,
  after: number,
): Promise<PeopleChanges | undefined> {
  const rows = await sql<(PersonRow & { kept: number })[]>`
    with missed as materialized (
      select log.type, log.subject, log.data
      from team join log on log.stream = ${streams.team}
      -- The second bound never leaves anything out that the third does not; it bounds what is read.
      where log.rev > ${after}::bigint and log.rev <= ${after}::bigint + ${KEPT_REVS}
        and team.rev - ${after}::bigint <= ${KEPT_REVS}
    ),
    changed as (
      select subject as id from missed where subject is not null
      union
      select id::uuid
      from missed cross join unnest(array['online', 'offline']) as list
      cross join json_array_elements_text(missed.data -> list) as id
      where missed.type = 'presence.updated'
    )
    select team.rev, (select count(*) from missed) as kept, person.*
    from team left join lateral (
      select ${personColumns(sql)} from people where id in (select id from changed)
      order by id limit ${CHANGED_MAX_PEOPLE + 1}
    ) person on true
    where ${isLetIn(sql, reader)}`
  const [first] = rows
  if (!first) return undefined
  const { rev, kept } = first
  const people = rows.filter((row) => row.id !== null).map(toPerson)
  // A revision that does not exist comes from another database, or from before a restored backup.
  const isWhole = after <= rev && kept === rev - after && people.length <= CHANGED_MAX_PEOPLE
  if (!isWhole || withinBytes(people, PAGE_MAX_BYTES).length < people.length)
    return { reset: true, rev }
  return { reset: false, people, rev }
}

type PersonRow = (Person | { id: null }) & { rev: number; sortName: string }

function toPage(rows: readonly PersonRow[], { limit }: NamePage): People & { next?: string } {
  const found = rows.filter((row) => row.id !== null)
  const { page, ...more } = cutNamePage(found, limit, (row) => row)
  return { people: page.map(toPerson), ...more, rev: rows[0]?.rev ?? 0 }
}
