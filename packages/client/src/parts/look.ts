import type { Call } from '@conclave/shared/client'
import type { Sha256 } from '@conclave/shared/hashes'
import { isInBucket, knownOf } from '@conclave/shared/rooms.look'
import { inOrder } from '@conclave/shared/rooms.order'
import { lookAtRooms, type Look, type Room, type Rooms } from '@conclave/shared/rooms'

/** My rooms as the server has them: those that differed are in the answer, the others are as they were before. */
export interface LookedAt extends Rooms {
  /** The ids of the rooms that the server has answered. */
  answered: ReadonlySet<string>
}

/** A bucket a look, and as many again for what moves meanwhile. */
const LOOKS_MAX = 32

/** What the next look is compared with. */
interface Known {
  rev: number
  rooms: readonly Room[]
}

/**
 * Looks until nothing differs any more. `trusted` says of which rooms the server need not answer what agrees; of the
 * others it is asked in any case.
 */
export async function lookUntilSame(options: {
  call: Call
  sha256: Sha256
  before: Rooms | undefined
  isTrusted: (room: Room) => boolean
}): Promise<LookedAt> {
  const { call, sha256, before, isTrusted } = options
  let known = before && { rev: before.rev, rooms: before.rooms.filter(isTrusted) }
  let rooms: readonly Room[] = before?.rooms ?? []
  const answered = new Set<string>()
  for (let looks = 0; looks < LOOKS_MAX; looks++) {
    const look = await call(lookAtRooms, { query: await queryOf(known, sha256) })
    // Of another revision, every bucket is answered, in this look or the next: what is in none of them is not mine.
    if (look.rev !== known?.rev) {
      rooms = []
      known = { rev: look.rev, rooms: [] }
      answered.clear()
    }
    rooms = withAnswered(rooms, look)
    known = { rev: look.rev, rooms: withAnswered(known.rooms, look) }
    for (const { id } of look.buckets.flatMap((bucket) => bucket.rooms)) answered.add(id)
    const { rev, epoch, teamEpoch, teamRev } = look
    if (!look.more) return { rooms: inOrder(rooms), rev, epoch, teamEpoch, teamRev, answered }
  }
  // Half of the rooms must not pass for all of them.
  throw new Error(`After ${LOOKS_MAX} looks there is still more`)
}

async function queryOf(
  known: Known | undefined,
  sha256: Sha256,
): Promise<{ rev?: string; known?: string }> {
  if (!known) return {}
  return { rev: String(known.rev), known: await knownOf(known.rooms, sha256) }
}

function withAnswered(rooms: readonly Room[], { buckets }: Look): Room[] {
  return [
    ...rooms.filter((room) => !buckets.some(({ digit }) => isInBucket(room, digit))),
    ...buckets.flatMap((bucket) => bucket.rooms),
  ]
}
