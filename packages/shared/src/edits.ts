import { Type, type Static } from 'typebox'
import { endpoint } from './contract.ts'
import { strict } from './shapes.ts'
import { Count, CountText, Time } from './ids.ts'
import { Message, OfMessage, PostMessage } from './messages.ts'

/** How many earlier texts of a message one answer has at most. */
export const VERSIONS_PAGE_MAX = 20

export const EditMessage = Type.Object({ text: PostMessage.properties.text }, strict)
export type EditMessage = Static<typeof EditMessage>

/** A text that a message had before. */
export const Version = Type.Object(
  {
    /** Counted from 1, the text that was posted. */
    number: Count,
    text: Type.String(),
    /** Since when the message had this text. */
    at: Time,
  },
  strict,
)
export type Version = Static<typeof Version>

/** A retry is safe: the same text again changes nothing. An edit cannot notify everybody if the message did not before. */
export const editMessage = endpoint({
  method: 'PUT',
  path: '/v1/rooms/:roomId/messages/:messageId',
  summary: 'Give a message of mine another text; the same text again changes nothing',
  tag: 'messages',
  access: 'person',
  limit: 'writing',
  params: OfMessage,
  body: EditMessage,
  status: 200,
  result: Message,
  problems: [
    'room-not-found',
    'message-not-found',
    'not-allowed',
    'message-removed',
    'edit-window-over',
    'room-archived',
    'message-too-long',
    'too-many-mentions',
  ],
})

export const listVersions = endpoint({
  method: 'GET',
  path: '/v1/rooms/:roomId/messages/:messageId/versions',
  summary: 'The earlier texts of a message, newest first; none where the workspace keeps none',
  tag: 'messages',
  access: 'person',
  limit: 'reading',
  params: OfMessage,
  query: Type.Object(
    {
      /** The `number` of the last version of the page before. */
      before: Type.Optional(CountText),
    },
    strict,
  ),
  status: 200,
  result: Type.Object({ versions: Type.Array(Version), more: Type.Boolean() }, strict),
  problems: ['room-not-found', 'message-not-found'],
})
