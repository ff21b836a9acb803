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

/** Signs one channel. Not existing, not current and not mine are the same answer. */
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

/** Signs those that are mine; the others are absent, without a word on why. */
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

/** Tells the broker which of our people a connection belongs to: an id of ours, and nothing about them. */
export async function signUser(
  ctx: Context,
  actor: Actor,
  { socket_id }: Body<typeof authenticateUser>,
): Promise<Result<typeof authenticateUser>> {
  // As of now: the body may have been long in coming, and this signature, too, outlives the request.
  const hearing = await ctx.findHearing({ actor, roomIds: [], presenceRoomIds: [] })
  if (!hearing) throw problem('not-signed-in')
  const { auth, user_data } = ctx.pusher.authenticateUser(socket_id, {
    id: actor.personId,
    user_info: {},
  })
  return { auth, user_data: user_data ?? '' }
}

/** The answer as a whole is no refusal, so each of its own is noted here: one for each room or person. */
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
