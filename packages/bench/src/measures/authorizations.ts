import { channelName } from '@conclave/shared/channels'
import type { Arena } from '../arena.ts'
import { closedLoop } from '../load/closed-loop.ts'
import { alternate } from '../alternate.ts'

const CLIENTS = 16
const SOCKET_ID = '1234.5678'

/** Signing a channel: Conclave checks a token and a membership, the tutorial's server nothing. */
export async function measureAuthorizations(arena: Arena): Promise<void> {
  const { conclave, tutorial, figures, options } = arena
  arena.progress('Authorizing channels')
  figures.define({
    id: 'authorizations',
    title: `Channels authorized, ${CLIENTS} clients`,
    unit: 'per second',
    better: 'more',
  })
  const channel = channelName({ kind: 'room', roomId: conclave.roomIds[0] ?? '', epoch: 0 })
  const acts = new Map<string, (client: number) => Promise<void>>([
    [conclave.name, async (client) => void (await conclave.authorize(client, SOCKET_ID, channel))],
    [tutorial.name, async () => void (await tutorial.authorize(SOCKET_ID))],
  ])
  await alternate(arena, { clients: CLIENTS, who: [conclave, tutorial] }, async ({ name }) => {
    const act = acts.get(name)
    if (!act) throw new Error(`${name} authorizes nothing`)
    const { count, seconds } = await closedLoop({ clients: CLIENTS, seconds: options.seconds }, act)
    return { authorizations: count / seconds }
  })
}
