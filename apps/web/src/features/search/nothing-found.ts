import type { SearchPage } from '@conclave/shared/search'

const FIRST = 'Type at least two letters of a word.'

/** Why a search can find nothing, and what to do about it. */
export function nothingFoundBecause({ kind, about }: NonNullable<SearchPage['reason']>): string {
  switch (kind) {
    case 'no-value':
      return `Type something after “${about}”.`
    case 'unknown-person':
      return `Nobody in the team is called “${about}”.`
    case 'unknown-room':
      return `You are in no room that is called “${about}”.`
    case 'unknown-date':
      return `“${about}” is no date. Write it as year-month-day, like 2026-11-20.`
    case 'unknown-thing':
      return `Nothing is known about “${about}”. After “has:” can be link, code, mention, reply or emoji.`
    default:
      return FIRST
  }
}
