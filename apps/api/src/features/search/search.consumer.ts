import type { Message } from '@conclave/shared/messages'
import type { ConsumerSpec } from '../../log/flight.ts'
import { indexMessages } from './search-entries.store.ts'

export const SEARCH = 'search'

/** Together with `everyMs`, more in a second than people can post, and no more than leaves posts their share of the database. */
const BATCH = 200
const EVERY_MS = 100

/** Indexes what is said, so that it can be found; the entries are committed with the cursor. */
export function searchIndexer(): ConsumerSpec {
  return {
    name: SEARCH,
    reads: ['room'],
    batch: BATCH,
    flights: 1,
    everyMs: EVERY_MS,
    timeoutMs: 10_000,
    perform: async (events, { sql }) => {
      const messages = events
        .filter(({ type }) => type === 'message.posted' || type === 'message.changed')
        .map(({ data }) => data as Message)
      await indexMessages(sql, messages)
      return events.length
    },
  }
}
