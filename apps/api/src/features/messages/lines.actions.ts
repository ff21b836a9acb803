import type { Line, LINE_KINDS } from '@conclave/shared/messages'
import { streams } from '../../log/streams.ts'
import type { Transaction } from '../../transaction.ts'
import { insertLine } from './lines.store.ts'

/** Something that happened in a room; its author is who did it. */
export interface LineDraft {
  roomId: string
  authorId: string
  line: Line & { kind: (typeof LINE_KINDS)[number] }
}

/**
 * Says in a room what happened there, in the order of its messages: within the transaction of the act, after the act's own
 * event, and with the room locked. Not before anything was said: who is there from the beginning is no news.
 */
export async function postLine(tx: Transaction, draft: LineDraft): Promise<void> {
  if (!tx.lockedRooms.has(draft.roomId))
    throw new Error(`A line is posted to a room that was not locked: call lockRoom first`)
  await insertLine(tx.sql, draft)
  tx.emittedTo.add(streams.room(draft.roomId))
}
