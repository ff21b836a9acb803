import { DIGEST_VERSION, type DigestOf } from './messages.digest.ts'
import { catchUpMessages } from './messages.fold.ts'
import { COMPARE_MAX_MESSAGES, type MessagePage, type RoomChanges } from './messages.ts'

/** A run of seqs whose digest is asked for. */
export interface Run {
  from: number
  to: number
}

/**
 * The run of a page that is compared with the server: all of it, or the newest part of a very long one. Undefined if it
 * cannot be requested, as with a forged seq that the api does not accept.
 */
export function comparedRun(page: MessagePage): Run | undefined {
  const newest = page.messages.slice(-COMPARE_MAX_MESSAGES)
  const [first, last] = [newest[0], newest.at(-1)]
  return first && last && isWhole(page) ? { from: first.seq, to: last.seq } : undefined
}

/**
 * Whether a page at the time of the request agrees with the server's history: with these changes it must be exactly what
 * the server has at their revision. Events that arrived after the request do not matter.
 */
export async function agrees(
  before: MessagePage,
  changes: RoomChanges,
  digestOf: DigestOf,
): Promise<boolean> {
  // Every event is committed before it is published, so no true page is newer than the answer.
  if (before.rev > changes.rev) return false
  if (!isWhole(before)) return false
  const page = catchUpMessages(before, changes)
  // Too much was missed: the page is loaded again anyway.
  if (changes.reset || !page) return true
  if (page.reachesEnd && (page.messages.at(-1)?.seq ?? 0) !== changes.lastSeq) return false
  const run = comparedRun(before)
  // Without a digest, or with one of another version, there is nothing to compare.
  if (!run || changes.runDigest?.version !== DIGEST_VERSION) return true
  const compared = page.messages.filter(({ seq }) => seq >= run.from && seq <= run.to)
  return (await digestOf(compared)) === changes.runDigest.sha256
}

/** Seqs have no gaps and no duplicates, and begin with 1. */
function isWhole({ messages, reachesStart }: MessagePage): boolean {
  const first = messages[0]?.seq ?? 1
  if (reachesStart && first !== 1) return false
  return messages.every(({ seq }, index) => seq === first + index)
}
