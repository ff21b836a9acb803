import { setTimeout as pause } from 'node:timers/promises'
import type { Channel } from '@conclave/shared/channels'
import { inBackground, type Context } from '../../context.ts'
import { inTransaction } from '../../transaction.ts'
import { reportStaleSubscribers } from './stale-subscribers.ts'
import { occupiedChannels } from './occupied-channels.ts'
import { changePresence } from './presence.actions.ts'
import { currentOnes, readPresence, type PersonChannel } from './presence.store.ts'

/**
 * Pusher sends no webhook when somebody is back within 3 s. A person with a flaky connection must not count as offline
 * because two looks hit two short absences, so the list is read several times.
 */
const GONE_AFTER_MS = 5_000
const LOOKS = 5

/**
 * Compares who is online with Pusher's own list: this repairs lost webhooks, works without any, and finds stale
 * subscribers.
 */
export async function reconcilePresence(ctx: Context, goneAfterMs = GONE_AFTER_MS): Promise<void> {
  const stored = await readPresence(ctx.background)
  const occupied = await occupiedChannels(ctx.pusher)
  const here = await peopleOn(ctx, occupied)
  const isAnybodyMissing = () =>
    stored.some(({ personId, online }) => online && !here.has(personId))
  for (let look = 0; look < LOOKS && isAnybodyMissing(); look++) {
    await pause(goneAfterMs / LOOKS, undefined, { ref: false })
    for (const personId of await peopleOn(ctx, await occupiedChannels(ctx.pusher))) {
      here.add(personId)
    }
  }
  const wrong = stored.filter(({ personId, online }) => online !== here.has(personId))
  if (wrong.length > 0) {
    const online = new Map(wrong.map(({ personId }) => [personId, here.has(personId)]))
    const webhookBefore = new Map(wrong.map(({ personId, webhookAtMs }) => [personId, webhookAtMs]))
    await inTransaction(inBackground(ctx), null, async (tx) =>
      // A webhook that arrived in the meantime is newer than the list.
      changePresence(tx, online, ({ personId, webhookAtMs }) =>
        webhookBefore.get(personId) === webhookAtMs ? webhookAtMs : undefined,
      ),
    )
  }
  await reportStaleSubscribers(ctx, occupied)
}

async function peopleOn(
  { background }: Context,
  channels: ReadonlyMap<string, Channel>,
): Promise<Set<string>> {
  const own = [...channels.values()].filter(
    (channel): channel is PersonChannel => channel.kind === 'person',
  )
  return currentOnes(background, own)
}
