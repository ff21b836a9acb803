import { loadRoom } from '@conclave/client/node/load-room'
import { withPeople } from '@conclave/client/node/with-people'
import { QueryClient } from '@tanstack/query-core'
import { crowdOfTeam, type Crowd } from '../contestants/crowd.ts'
import { until } from '../load/until.ts'
import { requestsOf } from '../revocations/requests.ts'
import { connectClient, type ConnectedClient } from '../subscribers/connected-client.ts'
import { clientEmails, type ScaleWorld } from './scale-world.ts'

const AT_ONCE = 20
const CONNECTED_WITHIN_MS = 600_000

/** Many people with a page open, without the screen: each has the messages of the room with the most of them, or of General. */
export interface ScaleClients {
  all: readonly ConnectedClient[]
  crowd: Crowd
  close: () => void
}

/** In a small team the same people have several pages each. */
export async function openClients(world: ScaleWorld, count: number): Promise<ScaleClients> {
  const { stack, sql, http, general } = world
  const crowd = await crowdOfTeam(stack, sql, clientEmails(world, count))
  const all: ConnectedClient[] = []
  for (let from = 0; from < count; from += AT_ONCE)
    all.push(
      ...(await Promise.all(
        Array.from({ length: Math.min(AT_ONCE, count - from) }, async (_, nth) =>
          openOne(from + nth),
        ),
      )),
    )
  await until(
    'every client is live',
    () => all.every((client) => client.settledOn([]) !== undefined),
    CONNECTED_WITHIN_MS,
  )

  async function openOne(person: number): Promise<ConnectedClient> {
    const queryClient = new QueryClient({ defaultOptions: { queries: { gcTime: Infinity } } })
    const headersOf = (client: number) => ({
      authorization: `Bearer ${crowd.tokenOf(client)}`,
      'content-type': 'application/json',
    })
    const { call } = requestsOf({ http, crowd, headersOf }, person)
    const cache = withPeople({ call, queryClient })
    await loadRoom(cache, general.id)
    return connectClient({ ...cache, stack, myId: crowd.idOf(person) })
  }

  return { all, crowd, close: () => all.forEach((client) => client.close()) }
}
