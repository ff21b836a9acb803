import { DIGEST_VERSION, type DigestOf } from './messages.digest.ts'
import { catchUpMessages } from './messages.fold.ts'
import { COMPARE_MAX_MESSAGES, type MessagePage, type RoomChanges } from './messages.ts'

/** A run of seqs whose digest is asked for. */
export interface Run {
  from: number
  to: number
}

/**
 * What of a page is compared with the server: all of it, or the newest part of a very long one.
 * Nothing of a page that cannot be: a forged seq may be none that can even be asked for.
 */
export function comparedRun(page: MessagePage): Run | undefined {
  const newest = page.messages.slice(-COMPARE_MAX_MESSAGES)
  const [first, last] = [newest[0], newest.at(-1)]
  return first && last && isWhole(page) ? { from: first.seq, to: last.seq } : undefined
}

/**
 * Whether the server's history is what a client held when it asked for changes: the held page with these
 * changes is then exactly what the server has at their revision. What arrived meanwhile plays no part.
 */
export async function agrees(
  held: MessagePage,
  changes: RoomChanges,
  digestOf: DigestOf,
): Promise<boolean> {
  // Every event is committed before it is told, so nothing true is newer than the answer.
  if (held.rev > changes.rev) return false
  if (!isWhole(held)) return false
  const page = catchUpMessages(held, changes)
  // Too much was missed: it is loaded anew, whatever it is.
  if (changes.reset || !page) return true
  if (page.reachesEnd && (page.messages.at(-1)?.seq ?? 0) !== changes.lastSeq) return false
  const run = comparedRun(held)
  // A server that answers with no digest, or with one of another version, is as good as it ever was.
  if (!run || changes.runDigest?.version !== DIGEST_VERSION) return true
  const compared = page.messages.filter(({ seq }) => seq >= run.from && seq <= run.to)
  return (await digestOf(compared)) === changes.runDigest.sha256
}

/** Seqs have no gaps and no doubles, and begin with 1. */
function isWhole({ messages, reachesStart }: MessagePage): boolean {
  const first = messages[0]?.seq ?? 1
  if (reachesStart && first !== 1) return false
  return messages.every(({ seq }, index) => seq === first + index)
}
