import type { Query } from '@conclave/shared/contract'
import type { Run } from '@conclave/shared/messages.compare'
import { COMPARE_MAX_MESSAGES, type listChanges } from '@conclave/shared/messages'
import { problem } from '../../problem.ts'

/** The run of seqs whose digest is requested, if any; bounded, so that a request costs little. */
export function comparedRun({ from, to }: Query<typeof listChanges>): Run | undefined {
  if (from === undefined && to === undefined) return undefined
  if (from === undefined) throw refused('from', 'from is needed when to is given')
  if (to === undefined) throw refused('to', 'to is needed when from is given')
  const run = { from: Number(from), to: Number(to) }
  const length = run.to - run.from + 1
  if (length < 1) throw refused('to', 'to cannot be before from')
  if (length > COMPARE_MAX_MESSAGES) {
    throw refused('to', `from and to span at most ${COMPARE_MAX_MESSAGES} messages`)
  }
  return run
}

function refused(name: 'from' | 'to', detail: string) {
  return problem('invalid-request', [{ pointer: `/querystring/${name}`, detail }])
}
