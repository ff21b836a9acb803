import type {
  authenticateUser,
  authorizeChannel,
  authorizeChannels,
  ChannelAuthorization,
} from '@conclave/shared/channel-auth'
import type { Channel } from '@conclave/shared/channels'
import type { Body, Result } from '@conclave/shared/contract'
import type { Actor } from '../../actor.ts'
import type { Context } from '../../context.ts'
import { problem } from '../../problem.ts'
import { sortChannels } from './channel-auth.access.ts'

/**
 * Signs one channel. A channel that does not exist, is of an earlier epoch or belongs to others gets the same refusal.
 */
export async function signChannel(
  ctx: Context,
  actor: Actor,
  { socket_id, channel_name }: Body<typeof authorizeChannel>,
): Promise<ChannelAuthorization> {
  const { mine } = await sortChannels(ctx, actor, [channel_name])
  const channel = mine.get(channel_name)
  if (!channel) throw problem('channel-not-found')
  return sign(ctx, actor, socket_id, channel_name, channel)
}

/** Signs the caller's channels; the others are omitted, without a reason. */
export async function signChannels(
  ctx: Context,
  actor: Actor,
  { socket_id, channel_names }: Body<typeof authorizeChannels>,
): Promise<Result<typeof authorizeChannels>> {
  const { mine, foreign } = await sortChannels(ctx, actor, channel_names)
  noteRefusals(ctx, actor, foreign)
  const signed = [...mine].map(([name, channel]) => [
    name,
    sign(ctx, actor, socket_id, name, channel),
  ])
  return { channels: Object.fromEntries(signed) as Record<string, ChannelAuthorization> }
}

/** Tells the broker which person a connection belongs to: by our id, and nothing else. */
export async function signUser(
  ctx: Context,
  actor: Actor,
  { socket_id }: Body<typeof authenticateUser>,
): Promise<Result<typeof authenticateUser>> {
  // Checked now: the body may have taken long to arrive, and this signature, too, outlives the request.
  const epochs = await ctx.findChannelEpochs({
    actor,
    ownEpochs: [],
    roomIds: [],
    presenceRoomIds: [],
  })
  if (!epochs) throw problem('not-signed-in')
  const { auth, user_data } = ctx.pusher.authenticateUser(socket_id, {
    id: actor.personId,
    user_info: {},
  })
  return { auth, user_data: user_data ?? '' }
}

/** A batch is not refused as a whole, so each refused room or person is recorded here. */
function noteRefusals({ refusals }: Context, actor: Actor, foreign: Channel[]): void {
  const rooms = new Set(foreign.flatMap((channel) => ('roomId' in channel ? channel.roomId : [])))
  const people = new Set(
    foreign.flatMap((channel) => ('personId' in channel ? channel.personId : [])),
  )
  const targets = [
    ...Array.from(rooms, (roomId) => ({ roomId })),
    ...Array.from(people, (personId) => ({ personId })),
  ]
  for (const target of targets) {
    refusals.note({
      actorId: actor.personId,
      action: 'authorizeChannels',
      target,
      requestId: actor.requestId,
      problem: 'channel-not-found',
    })
  }
}

function sign(
  { pusher }: Context,
  actor: Actor,
  socketId: string,
  name: string,
  channel: Channel,
): ChannelAuthorization {
  if (channel.kind !== 'presence') return pusher.authorizeChannel(socketId, name)
  return pusher.authorizeChannel(socketId, name, { user_id: actor.personId, user_info: {} })
}
