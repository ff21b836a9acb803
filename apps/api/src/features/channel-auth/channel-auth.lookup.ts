import type { Sql } from '../../database/connection.ts'
import { gather } from '../../waiting/gather.ts'
import { readHearings, type Hearing, type HearingAsked } from './channel-auth.store.ts'

/** Above this many members a room has no presence channel: Pusher's own limit. */
const PRESENCE_MAX_MEMBERS = 100
const ASKED_TOGETHER_MAX = 50

/** The channels that the caller may subscribe to; undefined when they have no access any more. */
export type FindHearing = (asked: HearingAsked) => Promise<Hearing | undefined>

/** After an outage all clients reconnect at once: requests that arrive at the same time share a query. */
export function createFindHearing(sql: Sql): FindHearing {
  return gather(
    async (asked) => readHearings(sql, asked, { fewMembers: PRESENCE_MAX_MEMBERS }),
    ASKED_TOGETHER_MAX,
  )
}
