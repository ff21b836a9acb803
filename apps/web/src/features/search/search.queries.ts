import { search, type SearchPage } from '@conclave/shared/search'
import { useCall } from '../../server/call.ts'
import { usePages, type Pages } from '../../server/use-pages.ts'
import { searchToSend } from './search-dates.ts'

/** Long enough to look at what was found, and come back. */
const KEPT_MS = 10 * 60_000

/**
 * What a search finds, loaded as far as somebody scrolls. It stays as it was found, so that whoever comes back from a message
 * finds the same list; the next search is a new one.
 */
export function useSearchPages(text: string): Pages<SearchPage> {
  const call = useCall()
  return usePages<SearchPage>({
    queryKey: ['search'],
    search: text,
    load: ({ search: q = '', after: cursor }) =>
      call(search, { query: { q: searchToSend(q), ...(cursor === undefined ? {} : { cursor }) } }),
    isFixed: true,
    keptMs: KEPT_MS,
  })
}
