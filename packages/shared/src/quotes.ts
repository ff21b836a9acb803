import { Type, type Static } from 'typebox'
import { endpoint } from './contract.ts'
import { Count, Id, IdsText } from './ids.ts'
import { named } from './people.ts'
import { InRoom } from './rooms.ts'
import { strict } from './shapes.ts'

/** How many messages can be quoted in one answer. */
export const QUOTES_MAX = 100

/** What a reply shows of the message that it answers. */
export const Quote = Type.Object(
  {
    /** Those of the message. */
    id: Id,
    seq: Count,
    rev: Count,
    authorId: Id,
    /** The beginning of its text: see quotes.fold.ts. Empty if it was removed. */
    text: Type.String(),
    removed: Type.Optional(Type.Literal(true)),
  },
  strict,
)
export type Quote = Static<typeof Quote>

/** What a client holds of these messages need not be a page: they may be anywhere in the room. */
export const listQuotes = endpoint({
  method: 'GET',
  path: '/v1/rooms/:roomId/quotes',
  summary: 'The beginnings of these messages; those that the room does not have are omitted',
  tag: 'messages',
  access: 'person',
  limit: 'reading',
  params: InRoom,
  query: Type.Object({ ids: IdsText({ max: QUOTES_MAX }) }, strict),
  status: 200,
  /** At this revision of the room. */
  result: Type.Object({ rev: Count, quotes: Type.Array(Quote), named }, strict),
  problems: ['room-not-found'],
})
