import { follow } from '@conclave/shared/events'
import type { Message, RoomChanges } from '@conclave/shared/messages'

/** What a client holds of a room from a revision on: it takes only what is exactly next, as the web does. */
export interface Held {
  readonly rev: number
  /** Messages that it would have shown a second time. */
  readonly twice: ReadonlySet<number>
  readonly lastSeq: number
  has: (seq: number) => boolean
  /** False when something before it is missing. */
  take(rev: number, message: Message | undefined): boolean
  catchUp(changes: RoomChanges): void
}

export function createHeld(from: { rev: number; lastSeq: number }): Held {
  const seqs = new Set<number>()
  const twice = new Set<number>()
  let { rev, lastSeq } = from

  function show({ seq }: Message): void {
    if (seqs.has(seq)) twice.add(seq)
    seqs.add(seq)
    lastSeq = Math.max(lastSeq, seq)
  }

  return {
    get rev() {
      return rev
    },
    twice,
    get lastSeq() {
      return lastSeq
    },
    has: (seq) => seqs.has(seq),
    take(next, message) {
      const step = follow(rev, next)
      if (step !== 'next') return step === 'held'
      rev = next
      if (message) show(message)
      return true
    },
    catchUp(changes) {
      if (changes.reset) throw new Error('A client fell more than 500 changes behind')
      for (const message of changes.messages) if (message.rev > rev) show(message)
      rev = Math.max(rev, changes.rev)
    },
  }
}
