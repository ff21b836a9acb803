import { parseChannel, type Channel } from '@conclave/shared/channels'
import { unreachable } from '@conclave/shared/unreachable'
import type { Actor } from '../../actor.ts'
import type { Context } from '../../context.ts'

interface SortedChannels {
  /** Channels that the caller may subscribe to, at their current epoch. */
  mine: Map<string, Channel>
  /** Channels of rooms that the caller is not in, and of other people, at any epoch. */
  foreign: Channel[]
}

/** Sorts the requested channels with a single query. */
export async function sortChannels(
  ctx: Context,
  actor: Actor,
  names: readonly string[],
): Promise<SortedChannels> {
  const asked = names.flatMap((name) => {
    const channel = parseChannel(name)
    return channel ? [[name, channel] as const] : []
  })
  const epochs = await ctx.findChannelEpochs({
    actor,
    ownEpochs: asked.flatMap(([, channel]) =>
      channel.kind === 'person' && channel.personId === actor.personId ? channel.epoch : [],
    ),
    roomIds: roomsOf(asked, 'room', 'presence'),
    presenceRoomIds: roomsOf(asked, 'presence'),
  })
  const rooms = new Map(epochs?.rooms.map(({ id, epoch }) => [id, epoch]))
  const fewIn = new Set(epochs?.fewIn)
  return {
    mine: new Map(asked.filter(([, channel]) => isMine(channel))),
    foreign: asked.flatMap(([, channel]) => (isForeign(channel) ? [channel] : [])),
  }

  function isMine(channel: Channel): boolean {
    switch (channel.kind) {
      case 'person':
        return channel.personId === actor.personId && channel.epoch === epochs?.person
      case 'team':
        return channel.epoch === epochs?.team
      case 'room':
        return channel.epoch === rooms.get(channel.roomId)
      case 'presence':
        return channel.epoch === rooms.get(channel.roomId) && fewIn.has(channel.roomId)
      default:
        return unreachable(channel)
    }
  }

  function isForeign(channel: Channel): boolean {
    if ('roomId' in channel) return !rooms.has(channel.roomId)
    return channel.kind === 'person' && channel.personId !== actor.personId
  }
}

function roomsOf(
  asked: readonly (readonly [string, Channel])[],
  ...kinds: readonly Channel['kind'][]
): string[] {
  const ids = asked.flatMap(([, channel]) =>
    'roomId' in channel && kinds.includes(channel.kind) ? [channel.roomId] : [],
  )
  return [...new Set(ids)]
}
