import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { flood } from '@conclave/dev-stack/flood/flood'
import { floodEmail } from '@conclave/dev-stack/flood/flood-people'
import { FLOOD_SIZES, type FloodSizeName } from '@conclave/dev-stack/flood/flood-sizes'
import { startStack, type Stack } from '@conclave/dev-stack/stack'
import { throwawayFolder } from '@conclave/dev-stack/throwaway-folder'
import postgres from 'postgres'
import { crowdOfTeam, type Crowd } from '../contestants/crowd.ts'
import { until } from '../load/until.ts'
import { requestsOf, type Requests } from '../revocations/requests.ts'
import { createCountedHttp, type CountedHttp } from './counted-http.ts'

/** A client here does in a second what a person does in a day: otherwise only the limits would be measured. */
const LIMITS_FACTOR = '5000'
const OWNER = 0
/** The first whom nobody blocks, and who are not the people that the page shows at its start. */
const FIRST_CLIENT = 4
const OTHER_ROOMS = 10
const PUBLISHED_WITHIN_MS = 180_000

interface ScaleRoom {
  id: string
  name: string
}

/** One team on a whole stack of its own, with the production build of the web. */
export interface ScaleWorld {
  size: FloodSizeName
  stack: Stack
  sql: postgres.Sql
  http: CountedHttp
  owner: { id: string; email: string; password: string }
  /** The room that is open on the page: the one with the most messages. */
  open: ScaleRoom
  general: ScaleRoom
  /** Rooms of the owner's that are not open; somebody of the crowd is in each. */
  others: readonly (ScaleRoom & { member: number })[]
  /** People whom the open room shows: they wrote its last messages. The owner is the first. */
  crowd: Crowd
  as: (person: number) => Requests
  headersOf: (person: number) => Record<string, string>
  /** Resolves once the relay, and whoever else reads the log, has nothing waiting. */
  published: () => Promise<void>
  close: () => Promise<void>
}

export async function openScaleWorld(
  size: FloodSizeName,
  options: { checkout: string; keep: string | undefined },
): Promise<ScaleWorld> {
  const throwaway = options.keep === undefined ? throwawayFolder() : undefined
  const dataDir = join(options.keep ?? throwaway?.path ?? '', size)
  const isFilled = existsSync(join(dataDir, 'postgres'))
  mkdirSync(dataDir, { recursive: true })
  const stack = await startStack({
    web: 'built',
    ports: 'free',
    seed: false,
    dataDir,
    checkout: options.checkout,
    env: { API_LIMITS_FACTOR: LIMITS_FACTOR },
  })
  const sql = postgres(stack.database, { max: 2, onnotice: () => undefined })
  const http = createCountedHttp(stack.api)
  async function close(): Promise<void> {
    await http.close()
    await sql.end({ timeout: 1 })
    await stack.close()
    throwaway?.remove()
  }
  try {
    if (!isFilled) await flood({ database: stack.database, size })
    return { size, stack, sql, http, close, ...(await castOf(stack, sql, http)) }
  } catch (error) {
    await close()
    throw error
  }
}

async function castOf(stack: Stack, sql: postgres.Sql, http: CountedHttp) {
  const open = await roomNamed(sql, 'Operations')
  const general = await roomNamed(sql, 'General')
  const email = floodEmail(OWNER)
  const authors = await sql<{ email: string }[]>`
    select email from people where id in (
      select author_id from messages where room_id = ${open.id} order by seq desc limit 50
    ) and email <> ${email} order by email limit 8`
  const emails = [email, ...authors.map((author) => author.email)]
  const crowd = await crowdOfTeam(stack, sql, emails)
  const others = await otherRooms(sql, { ownerId: crowd.idOf(OWNER), openId: open.id })
  const members = await crowdOfTeam(stack, sql, [...emails, ...others.map(({ member }) => member)])
  const password = stack.people.find((person) => person.email === email)?.password ?? ''

  function headersOf(person: number): Record<string, string> {
    return {
      authorization: `Bearer ${members.tokenOf(person)}`,
      'content-type': 'application/json',
    }
  }
  return {
    owner: { id: members.idOf(OWNER), email, password },
    open,
    general,
    others: others.map(({ id, name }, nth) => ({ id, name, member: emails.length + nth })),
    crowd: members,
    headersOf,
    as: (person: number) => requestsOf({ http, crowd: members, headersOf }, person),
    published: async () => waitUntilPublished(sql),
  }
}

async function roomNamed(sql: postgres.Sql, name: string): Promise<ScaleRoom> {
  const [room] = await sql<ScaleRoom[]>`
    select id, name from rooms where name = ${name} and kind = 'open' limit 1`
  if (!room) throw new Error(`There is no room ${name}`)
  return room
}

/** Some from all over the owner's list, as far apart as possible; of each a member who is not the owner. */
async function otherRooms(
  sql: postgres.Sql,
  { ownerId, openId }: { ownerId: string; openId: string },
): Promise<(ScaleRoom & { member: string })[]> {
  const rooms = await sql<(ScaleRoom & { member: string })[]>`
    select rooms.id, rooms.name, somebody.email as member
    from rooms
    join memberships mine on mine.room_id = rooms.id and mine.person_id = ${ownerId}
    cross join lateral (
      select people.email from memberships there join people on people.id = there.person_id
      where there.room_id = rooms.id and there.person_id <> ${ownerId} and people.blocked_at is null
      order by there.joined_at limit 1
    ) somebody
    where rooms.id <> ${openId} and rooms.kind <> 'direct' and not rooms.is_default
    order by rooms.id`
  const every = Math.max(1, Math.floor(rooms.length / OTHER_ROOMS))
  return rooms.filter((_, nth) => nth % every === 0).slice(0, OTHER_ROOMS)
}

async function waitUntilPublished(sql: postgres.Sql): Promise<void> {
  await until(
    'everything is published',
    async () => (await sql`select from lagging limit 1`).length === 0,
    PUBLISHED_WITHIN_MS,
  )
}

/** Addresses of people who are neither the owner nor of the seed, as many as there are. */
export function clientEmails({ size }: ScaleWorld, count: number): string[] {
  const most = FLOOD_SIZES[size].people - FIRST_CLIENT
  return Array.from({ length: Math.min(count, most) }, (_, nth) => floodEmail(FIRST_CLIENT + nth))
}
