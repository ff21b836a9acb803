import { setTimeout as delay } from 'node:timers/promises'
import postgres from 'postgres'
import { StackError } from '../stack-error.ts'
import { checkInvariants } from './flood-checks.ts'
import { moveHeads } from './flood-cursors.ts'
import { insertLog, insertMessages } from './flood-messages.ts'
import { floodEmail, insertPeople } from './flood-people.ts'
import { FIRST_NEW_PERSON, planRooms } from './flood-plan.ts'
import { insertMemberships, insertRooms, planInDatabase, planMembers } from './flood-rooms.ts'
import { FLOOD_SIZES, type FloodSizeName } from './flood-sizes.ts'

/** As KEPT_REVS in the api. */
const KEPT_REVS = 500
const PUBLISHED_WITHIN_MS = 15_000
const LOOK_EVERY_MS = 100

/**
 * Fills a database of Conclave: people, rooms, memberships, messages, and the log as it is once everything was published.
 * In one transaction, which is undone if anything that has to hold afterwards does not. Only what says when is different
 * from one run to the next. Throws a `StackError` for a database that cannot be filled.
 *
 * @param options.database with the rights of the tables' owner; the api must have started on it once
 */
export async function flood(options: {
  database: string
  size: FloodSizeName
  onProgress?: (what: string) => void
}): Promise<void> {
  const { database, size: name, onProgress = () => undefined } = options
  const size = FLOOD_SIZES[name]
  const sql = postgres(database, { max: 1, onnotice: () => undefined })
  try {
    await assertFloodable(sql)
    await sql.begin(async (tx) => {
      await tx`set local synchronous_commit = off`
      await tx`set local work_mem = '128MB'`
      await tx`lock table rooms, people, team, memberships in share row exclusive mode`
      onProgress('Adding people and rooms')
      await insertPeople(tx, size.people)
      await planInDatabase(tx, planRooms(size))
      await planMembers(tx, size.people)
      await insertRooms(tx)
      await insertMemberships(tx)
      onProgress('Adding messages')
      await insertMessages(tx, size.people)
      await insertLog(tx, KEPT_REVS)
      await moveHeads(tx)
      onProgress('Checking what has to hold')
      await tx`analyze messages, log`
      await checkInvariants(tx)
    })
    onProgress('Cleaning up')
    await sql`vacuum analyze people, rooms, memberships, messages, log, cursors`
  } finally {
    await sql.end({ timeout: 1 })
  }
}

async function assertFloodable(sql: postgres.Sql): Promise<void> {
  const [there] = await sql<
    { log: string | null }[]
  >`select to_regclass('public.log') as log`.catch(notReached)
  if (!there?.log)
    throw new StackError('There are no tables of Conclave: start its api on this database once.')
  const [flooded] = await sql`select from people where email = ${floodEmail(FIRST_NEW_PERSON)}`
  if (flooded) throw new StackError('This database is flooded already: take a new one.')
  await waitUntilPublished(sql)
}

function notReached(error: unknown): never {
  const { code = '', message } = error as NodeJS.ErrnoException
  if (/^(ECONN|ENOTFOUND|CONNECT_TIMEOUT|28|3D)/.test(code))
    throw new StackError(`No database can be filled at that address: ${message || code}.`)
  throw error
}

/** The cursors are moved to the end, so what was not published until then never would be. */
async function waitUntilPublished(sql: postgres.Sql): Promise<void> {
  const deadline = performance.now() + PUBLISHED_WITHIN_MS
  while ((await sql`select from lagging limit 1`).length > 0) {
    if (performance.now() > deadline)
      throw new StackError(
        'Events of this database wait to be published: start its api, and then again.',
      )
    await delay(LOOK_EVERY_MS)
  }
}
