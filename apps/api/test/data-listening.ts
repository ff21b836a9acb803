import { authorizeChannels } from '@conclave/shared/channel-auth'
import { channelName } from '@conclave/shared/channels'
import { listRooms } from '@conclave/shared/rooms'
import type { Colleague } from './data-people.ts'

/** Signs this person's own channel, as a client that connects does; returns how many channels were signed. */
export async function listen({ id, call }: Pick<Colleague, 'id' | 'call'>): Promise<number> {
  const { epoch } = await call(listRooms, { query: {} })
  const name = channelName({ kind: 'person', personId: id, epoch })
  const { channels } = await call(authorizeChannels, {
    body: { socket_id: '1.1', channel_names: [name] },
  })
  return Object.keys(channels).length
}
