import { Type, type Static } from 'typebox'
import { endpoint, event } from './contract.ts'
import { Count, Id } from './ids.ts'
import { ReadAt } from './rooms.ts'
import { strict } from './shapes.ts'

/** How many positions one request can set. */
export const READS_SET_MAX = 500

/** Positions as they are now that I have set them. */
const ReadsAt = Type.Object({ rooms: Type.Array(ReadAt) }, strict)
export type ReadsAt = Static<typeof ReadsAt>

/** Rooms that I am not in are left out; of a room that is given twice, the last counts. */
export const setReads = endpoint({
  method: 'PUT',
  path: '/v1/reads',
  summary: 'Set how far I have read rooms, also backwards',
  tag: 'rooms',
  access: 'person',
  limit: 'writing',
  body: Type.Object(
    {
      rooms: Type.Array(
        Type.Object(
          {
            roomId: Id,
            /** The last message that is read; 0 for none. */
            seq: Count,
          },
          strict,
        ),
        { minItems: 1, maxItems: READS_SET_MAX },
      ),
    },
    strict,
  ),
  status: 200,
  result: ReadsAt,
  problems: [],
})

/** Positions that I have set by hand, also backwards. */
export const ReadsSet = event('reads.set', ReadsAt)
