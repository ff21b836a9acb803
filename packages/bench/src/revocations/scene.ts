import type { Conclave } from '../contestants/conclave.ts'
import { createHttp } from '../load/http.ts'
import { until } from '../load/until.ts'
import { openHonestClient, type HonestClient } from './honest-client.ts'

export const MEMBERS = 100
export const ROOM = 0
const AT_ONCE = 10
const OWNER = 0

export interface Scene {
  readonly roomId: string
  readonly owner: number
  readonly members: readonly HonestClient[]
  /** The team's and the room's channel, as they are named now. */
  channels(): Promise<{ room: string; team: string }>
  close(): Promise<void>
}

/** A room of a hundred, each with a page open; the rest of the team has no connection, and is told nothing. */
export async function openScene(conclave: Conclave): Promise<Scene> {
  const { sql, crowd, roomIds } = conclave
  const roomId = roomIds[ROOM] ?? ''
  const ids = Array.from({ length: MEMBERS }, (_, person) => crowd.idOf(person))
  await sql`
    delete from memberships where room_id <> ${roomId} or person_id <> all (${ids}::uuid[])`
  await sql`update memberships set role = 'owner' where person_id = ${crowd.idOf(OWNER)}`
  await sql`update people set role = 'owner' where id = ${crowd.idOf(OWNER)}`
  await conclave.prepare(MEMBERS)
  // A separate pool: the api closes its idle connections, which must not happen during a measured post.
  const http = createHttp(conclave.stack.api, MEMBERS)
  const members: HonestClient[] = []
  for (let first = 0; first < MEMBERS; first += AT_ONCE)
    members.push(
      ...(await Promise.all(
        Array.from({ length: AT_ONCE }, async (_, nth) =>
          openHonestClient({ ...conclave, http }, { person: first + nth, roomId }),
        ),
      )),
    )

  async function channels() {
    const [epochs] = await sql<{ room: number; team: number }[]>`
      select epoch::int as room, (select epoch::int from team) as team
      from rooms where id = ${roomId}`
    return {
      room: `private-encrypted-room-${roomId}-e${epochs?.room}`,
      team: `private-encrypted-team-e${epochs?.team}`,
    }
  }

  const { room, team } = await channels()
  await until('everybody is there', () =>
    members.every((client) => client.settledOn([room, team]) !== undefined),
  )
  return {
    roomId,
    owner: OWNER,
    members,
    channels,
    close: async () => {
      members.forEach((client) => client.close())
      await http.close()
    },
  }
}
