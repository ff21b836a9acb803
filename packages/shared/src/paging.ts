import { Type } from 'typebox'
import { Id, LimitText } from './ids.ts'

/** The most of a list that one page holds. */
export const LIST_PAGE_MAX = 100
/** About what a page of anything may weigh, in bytes of JSON; one that would be heavier ends sooner. */
export const PAGE_MAX_BYTES = 200_000
/** What no answer with a list is larger than, in bytes: a page, its last entry and the words around it. */
export const LIST_ANSWER_MAX_BYTES = 262_144

/**
 * Where a page of a list begins, and how much it holds at most. Such a list is in the order of ids that never change,
 * so what stays in it while it is walked is seen exactly once, whatever else comes or goes.
 */
export const pageOfIds = {
  /** The `next` of the page before. */
  after: Type.Optional(Id),
  limit: Type.Optional(LimitText),
}

/** Where the next page begins; absent from the last. */
export const next = Type.Optional(Id)
