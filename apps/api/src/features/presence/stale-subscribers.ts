import type { Channel } from '@conclave/shared/channels'
import type { Context } from '../../context.ts'
import { updateStaleChannels, outdatedChannels } from './stale-subscribers.store.ts'

/**
 * Warns about connections that stay on a channel of an earlier epoch. They receive nothing there; unmodified clients
 * leave within seconds, so this shows a modified client or a bug.
 */
export async function reportStaleSubscribers(
  { background, log }: Context,
  occupied: ReadonlyMap<string, Channel>,
): Promise<void> {
  const outdated = await outdatedChannels(background, occupied)
  const lurkers = await updateStaleChannels(background, outdated)
  if (lurkers.length === 0) return
  log.warn({ channels: lurkers }, 'channels of an earlier epoch still have subscribers')
}
