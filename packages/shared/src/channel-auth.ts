import { Type, type Static } from 'typebox'
import { endpoint } from './contract.ts'
import { byName, strict } from './shapes.ts'

/** Channels in one batch; a client with more rooms sends several. */
export const AUTH_BATCH_MAX_CHANNELS = 100

// Field names are Pusher's, because any Pusher client may call these endpoints (Pusher: authorization endpoint).
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
  summary: 'Authorize a subscription to one of my channels',
  tag: 'channel-auth',
  access: 'person',
  limit: 'signing',
  body: Type.Object({ socket_id: SocketId, channel_name: ChannelName }, strict),
  status: 200,
  result: ChannelAuthorization,
  problems: ['channel-not-found'],
})

/** One request for each reconnect. Channels that are not mine are omitted from the response. */
export const authorizeChannels = endpoint({
  method: 'POST',
  path: '/pusher/auth/batch',
  summary: 'Authorize subscriptions to those of these channels that are mine',
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
  summary: 'Authenticate my realtime connection',
  tag: 'channel-auth',
  access: 'person',
  limit: 'signing',
  body: Type.Object({ socket_id: SocketId }, strict),
  status: 200,
  result: Type.Object({ auth: Type.String(), user_data: Type.String() }, strict),
  problems: [],
})
