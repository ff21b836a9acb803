import { setTimeout as pause } from 'node:timers/promises'
import type { Channel } from '@conclave/shared/channels'
import { inBackground, type Context } from '../../context.ts'
import { inTransaction } from '../../transaction.ts'
import { reportStaleSubscribers } from './stale-subscribers.ts'
import { occupiedChannels } from './occupied-channels.ts'
import { changePresence } from './presence.actions.ts'
import { currentOnes, readSeen, type PersonChannel } from './presence.store.ts'

/**
 * Pusher says nothing of somebody who is back within 3 s. Who comes and goes all the time must not be taken for gone
 * because two looks met two of their short absences: they are looked for again and again.
 */
const GONE_AFTER_MS = 5_000
const LOOKS = 5

/**
 * Compares who is online with the vendor's own list: heals webhooks that were lost, does without any, and finds who
 * listens where nobody should.
 */
export async function reconcilePresence(ctx: Context, goneAfterMs = GONE_AFTER_MS): Promise<void> {
  const seen = await readSeen(ctx.background)
  const occupied = await occupiedChannels(ctx.pusher)
  const here = await peopleOn(ctx, occupied)
  const isAnybodyMissing = () => seen.some(({ personId, online }) => online && !here.has(personId))
  for (let look = 0; look < LOOKS && isAnybodyMissing(); look++) {
    await pause(goneAfterMs / LOOKS, undefined, { ref: false })
    for (const personId of await peopleOn(ctx, await occupiedChannels(ctx.pusher))) {
      here.add(personId)
    }
  }
  const wrong = seen.filter(({ personId, online }) => online !== here.has(personId))
  if (wrong.length > 0) {
    const online = new Map(wrong.map(({ personId }) => [personId, here.has(personId)]))
    const toldBefore = new Map(wrong.map(({ personId, toldAtMs }) => [personId, toldAtMs]))
    await inTransaction(inBackground(ctx), null, async (tx) =>
      // What a webhook has told meanwhile is newer than what was listed.
      changePresence(tx, online, ({ personId, toldAtMs }) =>
        toldBefore.get(personId) === toldAtMs ? toldAtMs : undefined,
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
