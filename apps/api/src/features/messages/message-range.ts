import type { Query } from '@conclave/shared/contract'
import { PAGE_SIZE, type listMessages } from '@conclave/shared/messages'
import { problem } from '../../problem.ts'
import type { PageRange } from './messages.store.ts'

/** Turns the query into a run of seqs. */
export function messageRange(query: Query<typeof listMessages>): PageRange {
  const limit = Number(query.limit ?? PAGE_SIZE)
  const [one, another] = (['before', 'after', 'around'] as const).filter(
    (name) => query[name] !== undefined,
  )
  if (another) {
    const detail = `${another} cannot be combined with ${one}`
    throw problem('invalid-request', [{ pointer: `/querystring/${another}`, detail }])
  }
  const { before, after, around } = query
  if (before !== undefined) return { anchor: Number(before), back: limit, limit }
  if (after !== undefined) return { anchor: Number(after) + 1, back: 0, limit }
  if (around !== undefined) return { anchor: Number(around), back: Math.floor(limit / 2), limit }
  return { anchor: Number.MAX_SAFE_INTEGER, back: limit, limit }
}
