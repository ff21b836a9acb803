import { parseChannel, type Channel } from '@conclave/shared/channels'
import type Pusher from 'pusher'
import { withDeadline } from '../../waiting/deadline.ts'

// The SDK's own timeout covers the response headers only.
const ANSWER_TIMEOUT_MS = 5_000

/** Every channel of ours that has subscribers now, by Pusher's own list. */
export async function occupiedChannels(pusher: Pusher): Promise<Map<string, Channel>> {
  const names = await withDeadline(listChannels(pusher), ANSWER_TIMEOUT_MS)
  return new Map(
    names.flatMap((name) => {
      const channel = parseChannel(name)
      return channel ? [[name, channel] as const] : []
    }),
  )
}

async function listChannels(pusher: Pusher): Promise<string[]> {
  const answer = await pusher.get({
    path: '/channels',
    params: { filter_by_prefix: 'private-encrypted-' },
  })
  const { channels } = (await answer.json()) as { channels: Record<string, unknown> }
  return Object.keys(channels)
}
