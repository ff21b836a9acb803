import type { Message } from './messages.ts'
import type { Room } from './rooms.ts'

/** How many seqs after my read position are looked at for messages that are there to be read. */
export const UNREAD_LOOKED_AT = 100
/** How many of the messages that mention me are listed. */
export const MENTIONS_LISTED = 20

/** The first and the last seq of a run without gaps. */
type Run = [number, number]

/** My position in a room. Of two positions that of the higher version counts, and within a version the further one. */
export interface ReadPosition {
  readSeq: number
  readVersion?: number | undefined
}

/** What is known of the messages after my read position: which of them count, complete up to a seq. */
interface Known {
  seqs: number[]
  upTo: number
}

/** Whether a message is there to be read by this person: not their own, not removed, and not something the system says. */
export function isToRead({ authorId, removed, line }: Message, personId: string): boolean {
  return authorId !== personId && !removed && !line
}

/** Whether it mentions this person, by name or with everybody. */
export function isMentioning(message: Message, personId: string): boolean {
  const { mentions, notifies } = message
  if (notifies === undefined && !mentions?.includes(personId)) return false
  return isToRead(message, personId)
}

/** A room after one of its messages was posted or changed, with the revision that the caller gives it. */
export function withMessage(room: Room, message: Message, personId: string): Room {
  const { seq } = message
  const lastSeq = Math.max(room.lastSeq, seq)
  const toRead = isToRead(message, personId)
  const { unread, mentions } = room
  if (!unread || !mentions) {
    // Of an older server, which has neither lines of the system nor removed messages.
    const isRead = seq > room.lastSeq && !toRead && room.readSeq === seq - 1
    return { ...room, lastSeq, readSeq: isRead ? seq : room.readSeq }
  }
  return settled(
    { ...room, lastSeq },
    counted({ seqs: seqsOf(unread.runs), upTo: unread.upTo }, room, seq, toRead),
    counted(mentions, room, seq, isMentioning(message, personId)),
  )
}

/** A room with the later one of its position and this one; the very same room if that is its own. */
export function withRead(room: Room, { readSeq, readVersion = 0 }: ReadPosition): Room {
  const { unread, mentions, readVersion: version = 0 } = room
  if (readVersion < version || (readVersion === version && readSeq <= room.readSeq)) return room
  const moved = { ...room, readSeq, ...(readVersion > 0 ? { readVersion } : {}) }
  if (!unread || !mentions) return moved
  // What had been read is not listed: nothing is known of what comes after it.
  if (readSeq < room.readSeq) return settled(moved, nothing(readSeq), nothing(readSeq))
  return settled(moved, { seqs: seqsOf(unread.runs), upTo: unread.upTo }, mentions)
}

/** Whether a room is as the server would answer it: folding cannot know what comes after what was looked at. */
export function isComplete({ lastSeq, readSeq, unread, mentions }: Room): boolean {
  if (!unread || !mentions) return true
  if (unread.upTo < Math.min(readSeq + UNREAD_LOOKED_AT, lastSeq)) return false
  return mentions.upTo >= lastSeq || mentions.seqs.length === MENTIONS_LISTED
}

/** Whether it is not even known if there is anything to read, or any mention. */
export function isUnknown({ lastSeq, unread, mentions }: Room): boolean {
  if (!unread || !mentions) return false
  if (unread.upTo < lastSeq && unread.runs.length === 0) return true
  return mentions.upTo < lastSeq && mentions.seqs.length === 0
}

/** The seqs of a range as runs, without these. */
export function runsWithout(from: number, to: number, left: readonly number[]): Run[] {
  const without = new Set(left)
  const seqs = Array.from({ length: Math.max(0, to - from + 1) }, (_, nth) => from + nth)
  return runsOf(seqs.filter((seq) => !without.has(seq)))
}

/** A room whose position, and whose lists, agree with each other again. */
function settled(room: Room, unread: Known, mentions: Known): Room {
  const isAfter = (seq: number): boolean => seq > room.readSeq
  const first = unread.seqs.find(isAfter)
  const readSeq = Math.max(room.readSeq, first === undefined ? unread.upTo : first - 1)
  // All that is read is known.
  const read = Math.min(readSeq, room.lastSeq)
  const upTo = Math.min(Math.max(unread.upTo, read), readSeq + UNREAD_LOOKED_AT)
  const mentioning = mentions.seqs.filter(isAfter).slice(0, MENTIONS_LISTED)
  const last = mentioning[MENTIONS_LISTED - 1]
  return {
    ...room,
    readSeq,
    unread: { runs: runsOf(unread.seqs.filter((seq) => seq > readSeq && seq <= upTo)), upTo },
    mentions: { seqs: mentioning, upTo: last ?? Math.max(mentions.upTo, read) },
  }
}

/** The list after a message that counts or does not; one beyond what was looked at is looked at later. */
function counted({ seqs, upTo }: Known, { lastSeq }: Room, seq: number, counts: boolean): Known {
  const known = upTo === lastSeq && seq === lastSeq + 1 ? seq : upTo
  if (seq > known) return { seqs, upTo }
  const others = seqs.filter((other) => other !== seq)
  return { seqs: counts ? [...others, seq].toSorted((a, b) => a - b) : others, upTo: known }
}

function nothing(upTo: number): Known {
  return { seqs: [], upTo }
}

function seqsOf(runs: readonly Run[]): number[] {
  return runs.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, nth) => from + nth))
}

function runsOf(seqs: readonly number[]): Run[] {
  const runs: Run[] = []
  for (const seq of seqs) {
    const last = runs.at(-1)
    if (last?.[1] === seq - 1) last[1] = seq
    else runs.push([seq, seq])
  }
  return runs
}
