import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { startPostgres } from '@conclave/dev-stack/postgres'
import { ROOT } from '@conclave/dev-stack/root'
import { startStack } from '@conclave/dev-stack/stack'
import postgres from 'postgres'
import { createConclave, type Conclave } from './contestants/conclave.ts'
import { createCrowd } from './contestants/crowd.ts'
import { ROOMS_IN_ALL } from './contestants/contestant.ts'
import { countStatements } from './machine/statements.ts'
import type { Pinning } from './machine/pinning.ts'

/** Beside the data of `pnpm dev`: on the disk of the checkout, because /tmp may be in memory. */
export const FOLDER = join(ROOT, '.data', `bench-${process.pid}`)

/** For counting statements; Postgres must start with it. */
const POSTGRES_SETTINGS = ['shared_preload_libraries=pg_stat_statements']

/** A client here does in a second what a person does in a day: otherwise only the limits would be measured. */
const LIMITS_FACTOR = '5000'

export interface World {
  conclave: Conclave
  sql: postgres.Sql
  /** How long the whole stack took to start, on an empty disk. */
  startedInMs: number
  close: () => Promise<void>
}

/** A Conclave with production settings on a Postgres that flushes, with people who are all in every room. */
export async function openWorld(options: { pinning: Pinning; people: number }): Promise<World> {
  rmSync(FOLDER, { recursive: true, force: true })
  mkdirSync(FOLDER, { recursive: true })
  const startedAt = performance.now()
  const { database, stack } = await options.pinning.serverSide(async () => {
    const database = await startPostgres({
      dataDir: join(FOLDER, 'postgres'),
      settings: POSTGRES_SETTINGS,
    })
    const stack = await startStack({
      web: 'none',
      api: 'built',
      ports: 'free',
      dataDir: FOLDER,
      seed: false,
      env: { DATABASE_URL: database.url, API_LIMITS_FACTOR: LIMITS_FACTOR },
    }).catch(async (error: unknown) => {
      await database.child.stop()
      throw error
    })
    return { database, stack }
  })
  const startedInMs = performance.now() - startedAt
  const sql = postgres(database.url, { max: 2, onnotice: () => undefined })
  async function close(): Promise<void> {
    await sql.end({ timeout: 1 })
    await stack.close()
    await database.child.stop()
    rmSync(FOLDER, { recursive: true, force: true })
  }
  try {
    await countStatements(sql, false)
    const crowd = await createCrowd(stack, sql, options.people)
    const roomIds = await makeRooms(sql)
    const conclave = createConclave({ stack, sql, crowd, roomIds })
    return { conclave, sql, startedInMs, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Adds everybody to every room by SQL, because joining is not what is measured. */
async function makeRooms(sql: postgres.Sql): Promise<string[]> {
  const rooms = await sql<{ id: string }[]>`
    insert into rooms (kind, name)
    select 'closed', 'Room ' || n from generate_series(1, ${ROOMS_IN_ALL}::int) n
    returning id`
  await sql`
    insert into memberships (room_id, person_id, role)
    select rooms.id, people.id, 'member' from rooms cross join people
    on conflict do nothing`
  await sql`analyze people, rooms, memberships`
  return rooms.map(({ id }) => id)
}
