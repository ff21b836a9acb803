import { endpoint } from './contract.ts'
import { Message, OfMessage } from './messages.ts'

/**
 * The answer is the message as it is from then on, without anything that was in it. Removing it again answers the same, also
 * to somebody who removes it at the same time.
 */
export const removeMessage = endpoint({
  method: 'DELETE',
  path: '/v1/rooms/:roomId/messages/:messageId',
  summary: 'Remove a message of mine, or of a room that I moderate, for good',
  tag: 'messages',
  access: 'person',
  limit: 'writing',
  params: OfMessage,
  status: 200,
  result: Message,
  problems: ['room-not-found', 'message-not-found', 'not-allowed'],
})
