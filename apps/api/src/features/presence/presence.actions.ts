import { parseChannel } from '@conclave/shared/channels'
import { inBackground, type Context } from '../../context.ts'
import { inTransaction, type Transaction } from '../../transaction.ts'
import { isFirstDelivery } from '../../webhooks/deliveries.store.ts'
import type { Webhook } from './presence.access.ts'
import {
  currentOnes,
  lockPresence,
  updatePresence,
  type PersonChannel,
  type StoredPresence,
} from './presence.store.ts'

/** Applies a webhook's events about people's own channels, and ignores the others. */
export async function receiveWebhook(ctx: Context, webhook: Webhook): Promise<void> {
  const changes = webhook.events.flatMap((event) => personEvent(event) ?? [])
  if (changes.length === 0) return
  await inTransaction(inBackground(ctx), null, async (tx) => {
    if (!(await isFirstDelivery(tx.sql, webhook.id))) return
    const current = await currentOnes(
      tx.sql,
      changes.map(({ channel }) => channel),
    )
    const online = new Map(
      changes
        .filter(({ channel }) => current.has(channel.personId))
        .map((event) => [event.channel.personId, event.online]),
    )
    await changePresence(tx, online, ({ webhookAtMs }) =>
      // Webhooks arrive out of order: one that is older than the last is out of date.
      webhook.atMs < webhookAtMs ? undefined : webhook.atMs,
    )
  })
}

/**
 * Stores who is online; the team is told a moment later, of many people at once (presence-announcing.actions.ts). `timeOf`
 * returns the time of the new state, or undefined to keep the person's stored one.
 */
export async function changePresence(
  tx: Transaction,
  online: ReadonlyMap<string, boolean>,
  timeOf: (seen: StoredPresence) => number | undefined,
): Promise<void> {
  const stored = await lockPresence(tx.sql, [...online.keys()])
  const updated = stored.flatMap((seen): StoredPresence[] => {
    const webhookAtMs = timeOf(seen)
    if (webhookAtMs === undefined) return []
    return [{ ...seen, online: online.get(seen.personId) ?? seen.online, webhookAtMs }]
  })
  await updatePresence(tx.sql, updated)
}

function personEvent(event: unknown): { channel: PersonChannel; online: boolean } | undefined {
  const { name, channel } = Object(event) as { name?: unknown; channel?: unknown }
  if (name !== 'channel_occupied' && name !== 'channel_vacated') return undefined
  const parsed = typeof channel === 'string' ? parseChannel(channel) : undefined
  if (parsed?.kind !== 'person') return undefined
  return { channel: parsed, online: name === 'channel_occupied' }
}
