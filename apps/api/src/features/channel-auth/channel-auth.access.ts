import { parseChannel, type Channel } from '@conclave/shared/channels'
import type { Actor } from '../../actor.ts'
import type { Context } from '../../context.ts'
import { readNoticeEpochs } from '../people/people.store.ts'
import { currentEpochs } from '../rooms/rooms.access.ts'

/** Above this many members a room has no presence channel: Pusher's own limit. */
export const PRESENCE_MAX_MEMBERS = 100

interface SortedChannels {
  /** One of our four kinds, at its current epoch, and mine. */
  mine: Map<string, Channel>
  /** Those of rooms I am not in and of other people, at whatever epoch. */
  foreign: Channel[]
}

/** Asks once for all rooms. */
export async function sortChannels(
  ctx: Context,
  actor: Actor,
  names: readonly string[],
): Promise<SortedChannels> {
  const asked = names.flatMap((name) => {
    const channel = parseChannel(name)
    return channel ? [[name, channel] as const] : []
  })
  const [rooms, notices] = await Promise.all([
    roomsOf(
      ctx,
      actor,
      asked.map(([, channel]) => channel),
    ),
    readNoticeEpochs(ctx.sql, actor),
  ])
  return {
    mine: new Map(asked.filter(([, channel]) => isMine(channel))),
    foreign: asked.flatMap(([, channel]) => (isForeign(channel) ? [channel] : [])),
  }

  function isMine(channel: Channel): boolean {
    switch (channel.kind) {
      case 'person':
        return channel.personId === actor.personId && channel.epoch === notices?.person
      case 'team':
        return channel.epoch === notices?.team
      case 'room':
        return channel.epoch === rooms.get(channel.roomId)?.epoch
      case 'presence': {
        const room = rooms.get(channel.roomId)
        if (channel.epoch !== room?.epoch) return false
        return room.memberCount <= PRESENCE_MAX_MEMBERS
      }
    }
  }

  function isForeign(channel: Channel): boolean {
    if ('roomId' in channel) return !rooms.has(channel.roomId)
    return channel.kind === 'person' && channel.personId !== actor.personId
  }
}

async function roomsOf(ctx: Context, actor: Actor, channels: readonly Channel[]) {
  const roomIds = new Set(
    channels.flatMap((channel) => ('roomId' in channel ? [channel.roomId] : [])),
  )
  return currentEpochs(ctx, actor, [...roomIds])
}
