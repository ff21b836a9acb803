import type { SearchPage } from '@conclave/shared/search'
import * as words from '../../words/en/search.en.ts'
import { t } from '../../words/say.ts'

/** Why a search can find nothing, and what to do about it. */
export function nothingFoundBecause({ kind, about }: NonNullable<SearchPage['reason']>): string {
  switch (kind) {
    case 'no-value':
      return t(words.noValue, { about })
    case 'unknown-person':
      return t(words.unknownPerson, { about })
    case 'unknown-room':
      return t(words.unknownRoom, { about })
    case 'unknown-date':
      return t(words.unknownDate, { about })
    case 'unknown-thing':
      return t(words.unknownThing, { about })
    default:
      return t(words.tooShort)
  }
}
