import type { Sql } from '../../database/connection.ts'
import { gather } from '../../waiting/gather.ts'
import {
  noteListening,
  readChannelEpochs,
  type ChannelEpochs,
  type ChannelEpochsRequest,
} from './channel-auth.store.ts'

/** Above this many members a room has no presence channel: Pusher's own limit. */
const PRESENCE_MAX_MEMBERS = 100
const ASKED_TOGETHER_MAX = 50

/** The channels that the caller may subscribe to; undefined when they have no access any more. */
export type FindChannelEpochs = (asked: ChannelEpochsRequest) => Promise<ChannelEpochs | undefined>

/** After an outage all clients reconnect at once: requests that arrive at the same time share a query. */
export function createFindChannelEpochs(sql: Sql): FindChannelEpochs {
  return gather(async (asked) => {
    await noteListening(sql, asked)
    return readChannelEpochs(sql, asked, { fewMembers: PRESENCE_MAX_MEMBERS })
  }, ASKED_TOGETHER_MAX)
}
