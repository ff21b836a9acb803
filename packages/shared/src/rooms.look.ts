import { hexadecimal, type Sha256 } from './hashes.ts'

/*
 * Looking instead of loading: a client that may have missed something sends short digests of what it has, and gets what
 * differs. Rooms are in sixteen buckets by the last digit of their ids, which is random (the first ones of a UUIDv7 are a
 * time, RFC 9562 section 5.7), so that one room that moved costs a sixteenth of them.
 */

/** The digits of the buckets, in the order of their digests. */
export const LOOK_DIGITS = Array.from({ length: 16 }, (_, digit) => digit.toString(16))
/** Bytes of a bucket's digest: two states that differ look alike once in 2^64. */
const DIGEST_BYTES = 8
export const LOOK_PATTERN = `^[0-9a-f]{${LOOK_DIGITS.length * DIGEST_BYTES * 2}}$`

/** Whether a room is in the bucket of this digit. */
export function isInBucket({ id }: { id: string }, digit: string): boolean {
  return id.endsWith(digit)
}

/** The part of a room that is compared. Its other fields change only together with these, or with my own stream. */
interface LookedAt {
  id: string
  rev: number
  epoch: number
}

/**
 * The text of which a bucket's digest is the SHA-256: a line for each of its rooms, in the order of ids. The api makes the
 * same text in SQL.
 */
function bucketText(rooms: readonly LookedAt[], digit: string): string {
  return rooms
    .filter((room) => isInBucket(room, digit))
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, rev, epoch }) => `${id} ${rev} ${epoch}\n`)
    .join('')
}

/** The `known` of a look, in hexadecimal. */
export async function knownOf(rooms: readonly LookedAt[], sha256: Sha256): Promise<string> {
  const digests = await Promise.all(
    LOOK_DIGITS.map(async (digit) => sha256(bucketText(rooms, digit))),
  )
  return digests.map((digest) => hexadecimal(digest.subarray(0, DIGEST_BYTES))).join('')
}
