import { useCallback, useEffect, useState, type ReactNode } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { SearchBox } from '../features/search/SearchBox.tsx'
import { SEARCH_FIELD_ID } from '../features/search/search-field-id.ts'
import { SearchResults } from '../features/search/SearchResults.tsx'
import { useCameBack } from '../features/search/use-search-place.ts'
import { errorMessage } from '../server/problem-message.ts'
import { Problem } from '../ui/Problem.tsx'
import { Page } from './Page.tsx'
import { paths } from './paths.ts'
import { requestIdOf } from './request-id.ts'
import { useEscape } from './use-escape.ts'
import * as words from '../words/en/search.en.ts'
import { t } from '../words/say.ts'

const SEARCH_AFTER_MS = 250

/** Searches the messages of my rooms; the search is in the address. */
export function SearchPage() {
  const { text, setText, search } = useSearchInAddress()
  const cameBack = useCameBack(useLocation().key)
  useEffect(() => {
    // Whoever comes back is taken to the result that they opened.
    if (!cameBack) document.getElementById(SEARCH_FIELD_ID)?.focus()
  }, [cameBack])
  useEscape(useClearOrLeave(text, setText))
  return (
    <Page title={t(words.title)}>
      <div className="sticky top-0 z-1 -mt-4 bg-paper pt-4">
        <SearchBox text={text} onText={setText} />
      </div>
      {search === '' ? (
        <p className="px-3 text-soft">{t(words.help)}</p>
      ) : (
        <SearchResults search={search} pathOf={paths.message} Failed={SearchFailed} />
      )}
    </Page>
  )
}

/** Empties the field; if it is empty, goes back to where somebody came from. */
function useClearOrLeave(text: string, setText: (text: string) => void): () => void {
  const navigate = useNavigate()
  return useCallback(() => {
    if (text === '') void (cameFromHere() ? navigate(-1) : navigate(paths.rooms))
    else {
      setText('')
      document.getElementById(SEARCH_FIELD_ID)?.focus()
    }
  }, [text, setText, navigate])
}

/** Whether the page before this one in the history of the tab is ours. The router counts its entries in their state. */
function cameFromHere(): boolean {
  const state: unknown = history.state
  return typeof state === 'object' && state !== null && 'idx' in state && Number(state.idx) > 0
}

function SearchFailed({ error, children }: { error: Error; children: ReactNode }) {
  return (
    <Problem
      title={t(words.searchFailed)}
      detail={errorMessage(error)}
      requestId={requestIdOf(error)}
    >
      {children}
    </Problem>
  )
}

/** What is in the field goes into the address once nobody has typed for a moment; another address goes into the field. */
function useSearchInAddress() {
  const navigate = useNavigate()
  const search = new URLSearchParams(useLocation().search).get('q') ?? ''
  const [text, setText] = useState(search)
  /** What the address last was, and what it will be because of the field. */
  const [known, setKnown] = useState({ search, written: search })
  if (search !== known.search) {
    setKnown({ search, written: search })
    if (search !== known.written) setText(search)
  }
  const typed = text.trim().toWellFormed()
  useEffect(() => {
    if (typed === search) return
    const timer = setTimeout(() => {
      setKnown({ search, written: typed })
      const query = typed === '' ? '' : `?${new URLSearchParams({ q: typed }).toString()}`
      void navigate(paths.search + query, { replace: true })
    }, SEARCH_AFTER_MS)
    return () => clearTimeout(timer)
  }, [typed, search, navigate])
  return { text, setText, search }
}
