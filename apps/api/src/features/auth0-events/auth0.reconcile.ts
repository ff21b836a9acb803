import { setTimeout as pause } from 'node:timers/promises'
import type { Auth0Management } from '../../auth0/management.ts'
import { inBackground, type Context } from '../../context.ts'
import { applyAuth0Block, liftAuth0Block, repeatOurBlock } from './auth0-block.actions.ts'
import { findDiffering, type Auth0Person } from './auth0-person.store.ts'

/** A free plan allows two requests a second, which the revocation steps need as well. */
const BETWEEN_LOOKS_MS = 700
const MAX_LOOKS = 20

/**
 * Compares blocks here and at Auth0: one request for the list, and one for each difference, because Auth0's search is
 * some seconds out of date. Works without the event stream, only later.
 */
export async function reconcileAuth0(ctx: Context): Promise<void> {
  const { management } = ctx
  if (!management) return
  const differing = await findDiffering(ctx.background, await management.listBlocked())
  // In random order, so that differences that cannot be resolved do not starve the others.
  const chosen = shuffled(differing.filter(({ pending }) => !pending)).slice(0, MAX_LOOKS)
  for (const [index, person] of chosen.entries()) {
    if (index > 0) await pause(BETWEEN_LOOKS_MS, undefined, { ref: false })
    await settle(inBackground(ctx), management, person)
  }
}

async function settle(ctx: Context, management: Auth0Management, person: Auth0Person) {
  const user = await management.readUser(person.sub)
  const blockedThere = user === undefined || user.blocked
  if (blockedThere === person.blocked) return
  if (blockedThere) {
    const reason = user ? 'Blocked in Auth0' : 'Deleted in Auth0'
    await applyAuth0Block(ctx, person, { reason })
  } else if (person.byAuth0) {
    await liftAuth0Block(ctx, person)
  } else {
    await repeatOurBlock(ctx, person)
  }
}

function shuffled<Item>(items: readonly Item[]): Item[] {
  return items
    .map((item) => ({ item, at: Math.random() }))
    .toSorted((one, other) => one.at - other.at)
    .map(({ item }) => item)
}
