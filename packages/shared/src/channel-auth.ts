import { Type, type Static } from 'typebox'
import { endpoint } from './contract.ts'
import { byName, strict } from './shapes.ts'

/** Channels one batch may ask for; a team member with more rooms asks again. */
export const AUTH_BATCH_MAX_CHANNELS = 100

// Pusher's own names, because any Pusher client may call these (Pusher: authorization endpoint).
const SocketId = Type.String({ pattern: '^[0-9]{1,20}\\.[0-9]{1,20}$' })
const ChannelName = Type.String({
  minLength: 1,
  maxLength: 164,
  pattern: '^[A-Za-z0-9_\\-=@,.;]+$',
})

export const ChannelAuthorization = Type.Object(
  {
    auth: Type.String(),
    channel_data: Type.Optional(Type.String()),
    shared_secret: Type.Optional(Type.String()),
  },
  strict,
)
export type ChannelAuthorization = Static<typeof ChannelAuthorization>

/** Takes a form (any Pusher client) or JSON. */
export const authorizeChannel = endpoint({
  method: 'POST',
  path: '/pusher/auth',
  summary: 'Sign one channel that is mine',
  tag: 'channel-auth',
  access: 'person',
  limit: 'signing',
  body: Type.Object({ socket_id: SocketId, channel_name: ChannelName }, strict),
  status: 200,
  result: ChannelAuthorization,
  problems: ['channel-not-found'],
})

/** One request a reconnect: channels that are not mine are simply absent from the answer. */
export const authorizeChannels = endpoint({
  method: 'POST',
  path: '/pusher/auth/batch',
  summary: 'Sign those of these channels that are mine',
  tag: 'channel-auth',
  access: 'person',
  limit: 'signing',
  body: Type.Object(
    {
      socket_id: SocketId,
      channel_names: Type.Array(ChannelName, {
        minItems: 1,
        maxItems: AUTH_BATCH_MAX_CHANNELS,
        uniqueItems: true,
      }),
    },
    strict,
  ),
  status: 200,
  result: Type.Object({ channels: byName(ChannelAuthorization) }, strict),
  problems: [],
})

/** Takes a form or JSON. */
export const authenticateUser = endpoint({
  method: 'POST',
  path: '/pusher/user-auth',
  summary: 'Sign my realtime connection in as me',
  tag: 'channel-auth',
  access: 'person',
  limit: 'signing',
  body: Type.Object({ socket_id: SocketId }, strict),
  status: 200,
  result: Type.Object({ auth: Type.String(), user_data: Type.String() }, strict),
  problems: [],
})
