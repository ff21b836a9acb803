import { Type, type Static } from 'typebox'
import { endpoint } from './contract.ts'
import { Count, Id, Time, WRITTEN_PATTERN } from './ids.ts'
import { named } from './people.ts'
import { strict } from './shapes.ts'

/** The longest search that can be typed, in UTF-16 code units. */
export const SEARCH_TEXT_MAX_CHARS = 300
/**
 * The longest search that can be sent, in code points. A client sends moments for the days that are typed, and the operators for
 * the words of its language that stand for them: no part of a search becomes more than three times as long by that.
 */
export const SEARCH_SENT_MAX_CHARS = 3 * SEARCH_TEXT_MAX_CHARS
/** How many hits a page has at most. */
export const SEARCH_PAGE_SIZE = 20
/** The most code units of an excerpt: what two lines show, and a little more. */
export const EXCERPT_MAX_CHARS = 280

/** What a message can be searched for to have, after `has:`. */
export const SEARCHED_THINGS = ['link', 'code', 'mention', 'reply', 'emoji'] as const
export type SearchedThing = (typeof SEARCHED_THINGS)[number]

/** Where a match is in an excerpt, in UTF-16 code units; `end` is the first one after it. */
export const MatchRange = Type.Object({ start: Count, end: Count }, strict)
export type MatchRange = Static<typeof MatchRange>

/** A message that was found, with the part of its text around the first match. */
export const SearchHit = Type.Object(
  {
    id: Id,
    roomId: Id,
    seq: Count,
    authorId: Id,
    createdAt: Time,
    /** When the text was last changed. */
    editedAt: Type.Optional(Time),
    /** A part of the message as it is now: Markdown, with its mentions whole. */
    excerpt: Type.String(),
    /** In order, and apart from each other. */
    matches: Type.Array(MatchRange),
    /** Whether the message has more text before the excerpt, and after it. */
    cutBefore: Type.Boolean(),
    cutAfter: Type.Boolean(),
  },
  strict,
)
export type SearchHit = Static<typeof SearchHit>

/** Why a search cannot find anything; readers show others of a newer server as the first. */
export const NOTHING_FOUND_REASONS = [
  /** No word, person, room, or thing that messages have. */
  'nothing-to-find',
  /** One letter is too short to be searched for. */
  'too-short',
  'no-value',
  'unknown-person',
  'unknown-room',
  'unknown-date',
  'unknown-thing',
] as const
export type NothingFoundReason = (typeof NOTHING_FOUND_REASONS)[number]

export const SearchPage = Type.Object(
  {
    /** The newest first. */
    hits: Type.Array(SearchHit),
    /** Where the next page starts; absent on the last page. A page may be short, or empty, and not the last. */
    next: Type.Optional(Type.String()),
    /** Absent if there was something to search for. */
    reason: Type.Optional(
      Type.Object(
        {
          /** One of NOTHING_FOUND_REASONS, or of a newer server. */
          kind: Type.String(),
          /** What of the search it is about, as it was written. */
          about: Type.String(),
        },
        strict,
      ),
    ),
    /** Older messages of my rooms are not searched yet, because they are still being indexed. */
    indexing: Type.Optional(Type.Literal(true)),
    named,
  },
  strict,
)
export type SearchPage = Static<typeof SearchPage>

/**
 * Words find messages that have words beginning with them, in any order; in quotes, these words one after the other. Case,
 * accents and how letters are composed make no difference. Also `from:`, `in:`, `before:`, `after:`, `has:`: search-text.ts.
 */
export const search = endpoint({
  method: 'GET',
  path: '/v1/search',
  summary: 'Search the messages that I may read now, the newest first, a page at a time',
  tag: 'search',
  access: 'person',
  limit: 'searching',
  query: Type.Object(
    {
      q: Type.String({ maxLength: SEARCH_SENT_MAX_CHARS, pattern: WRITTEN_PATTERN }),
      /** The `next` of the page before. */
      cursor: Type.Optional(Type.String({ pattern: '^[A-Za-z0-9_-]{1,200}$' })),
    },
    strict,
  ),
  status: 200,
  result: SearchPage,
  problems: [],
})
