import type { Channel } from '@conclave/shared/channels'
import type { Context } from '../../context.ts'
import { updateStaleChannels, outdatedChannels } from './stale-subscribers.store.ts'

/**
 * Looks for connections that stay on a channel whose epoch is over. They hear nothing there any more; honest clients
 * leave within seconds, so whoever stays is a client that was changed, or one of ours that is broken.
 */
export async function reportStaleSubscribers(
  { background, log }: Context,
  occupied: ReadonlyMap<string, Channel>,
): Promise<void> {
  const outdated = await outdatedChannels(background, occupied)
  const lurkers = await updateStaleChannels(background, outdated)
  if (lurkers.length === 0) return
  log.warn({ channels: lurkers }, 'somebody still listens to channels of an epoch that is over')
}
