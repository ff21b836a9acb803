import {
  AUTH_BATCH_MAX_CHANNELS,
  authenticateUser,
  authorizeChannel,
  authorizeChannels,
} from './channel-auth.ts'
import { channelName } from './channels.ts'
import { GENERAL, type Example } from './examples.ts'

const name = channelName({ kind: 'room', roomId: GENERAL, epoch: 0 })

export const CHANNEL_AUTH_EXAMPLES: Record<string, Example> = {
  authorizeChannel: {
    schema: authorizeChannel.body,
    valid: [{ socket_id: '123.456', channel_name: name }],
    invalid: {
      'a socket id with another part': { socket_id: '123.456:x', channel_name: name },
      'a name with a colon, which the signature separates by': {
        socket_id: '123.456',
        channel_name: `${name}:x`,
      },
      'no channel': { socket_id: '123.456' },
    },
  },
  authorizeChannels: {
    schema: authorizeChannels.body,
    valid: [{ socket_id: '123.456', channel_names: [name] }],
    invalid: {
      'no channels': { socket_id: '123.456', channel_names: [] },
      'a channel twice': { socket_id: '123.456', channel_names: [name, name] },
      'too many channels': {
        socket_id: '123.456',
        channel_names: Array.from({ length: AUTH_BATCH_MAX_CHANNELS + 1 }, (_, n) => `${name}${n}`),
      },
    },
  },
  authenticateUser: {
    schema: authenticateUser.body,
    valid: [{ socket_id: '1.1' }],
    invalid: { 'an id by wish': { socket_id: '1.1', user_id: GENERAL } },
  },
}
