import type { Auth0Event } from '@conclave/shared/auth0-events'
import { unreachable } from '@conclave/shared/unreachable'
import type { Context } from '../../context.ts'
import { wasDelivered } from '../../webhooks/deliveries.store.ts'
import { applyAuth0Block, liftAuth0Block } from './auth0-block.actions.ts'
import { findAuth0Person, type Auth0Person } from './auth0-person.store.ts'

/**
 * Events come late, twice and in any order, so an event only triggers a read of the current state from Auth0. Where
 * that fails, an event that blocks is applied, and one that unblocks is not.
 */
export async function receiveEvent(ctx: Context, { id, type, data }: Auth0Event): Promise<void> {
  if (type !== 'user.updated' && type !== 'user.deleted') return
  const delivery = `auth0:${id}`
  const person = await findAuth0Person(ctx.sql, data.object.user_id ?? '')
  if (!person || person.pending) return
  const toldBlocked = type === 'user.deleted' || data.object.blocked === true
  if (toldBlocked === person.blocked) return
  if (await wasDelivered(ctx.sql, delivery)) return
  const state = await stateAtAuth0(ctx, person, { type, toldBlocked })
  switch (state) {
    case 'deleted':
      return applyAuth0Block(ctx, person, { reason: 'Deleted in Auth0', delivery })
    case 'blocked':
      return applyAuth0Block(ctx, person, { reason: 'Blocked in Auth0', delivery })
    case 'active':
      return liftAuth0Block(ctx, person, { delivery })
    case 'unknown':
      return
    default:
      return unreachable(state)
  }
}

async function stateAtAuth0(
  { management, log }: Context,
  { sub, personId }: Auth0Person,
  event: { type: string; toldBlocked: boolean },
): Promise<'blocked' | 'deleted' | 'active' | 'unknown'> {
  const told = event.type === 'user.deleted' ? 'deleted' : 'blocked'
  const believed = event.toldBlocked ? told : 'unknown'
  if (!management) return believed
  try {
    const user = await management.readUser(sub)
    if (!user) return 'deleted'
    return user.blocked ? 'blocked' : 'active'
  } catch (error) {
    log.warn({ err: error, personId }, 'reading a person after an Auth0 event failed')
    return believed
  }
}
