import { PRESENCE_UPDATE_MAX_PEOPLE } from '@conclave/shared/presence'
import { inBackground, type Context } from '../../context.ts'
import { emitToTeam } from '../../log/emit.ts'
import { inTransaction } from '../../transaction.ts'
import { endTurn, isAnybodyNew, showSome, takeTurn, type Announced } from './announced.store.ts'

/** How long until the team is told again: sooner while more people wait than fit into one event. */
export const QUIET_MS = 1_000
const BUSY_MS = 500
/** Timers are a little early or late, and must not miss a turn for that. */
const TOLERANCE_MS = 50

/**
 * Tells the team, in one event, of people who came online or went offline, if it was not told within the last second.
 * Returns the milliseconds after which to look again.
 */
export async function announcePresence(ctx: Context): Promise<number> {
  if (!(await isAnybodyNew(ctx.background))) return QUIET_MS
  return inTransaction(inBackground(ctx), null, async (tx) => {
    if (!(await takeTurn(tx.sql))) return BUSY_MS
    const people = await showSome(tx.sql, PRESENCE_UPDATE_MAX_PEOPLE)
    if (people.length === 0) return QUIET_MS
    const waitMs = people.length < PRESENCE_UPDATE_MAX_PEOPLE ? QUIET_MS : BUSY_MS
    await endTurn(tx.sql, waitMs - TOLERANCE_MS)
    const data = { online: idsOf(people, true), offline: idsOf(people, false) }
    await emitToTeam(tx, { type: 'presence.updated', data })
    return waitMs
  })
}

function idsOf(people: readonly Announced[], online: boolean): string[] {
  return people.flatMap((person) => (person.online === online ? [person.personId] : []))
}
