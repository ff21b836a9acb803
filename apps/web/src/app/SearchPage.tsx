import { useEffect, useRef, useState } from 'react'
import { useNavigationType, useSearchParams } from 'react-router'
import { SearchBox } from '../features/search/SearchBox.tsx'
import { SEARCH_FIELD_ID } from '../features/search/search-field-id.ts'
import { SearchResults } from '../features/search/SearchResults.tsx'
import { errorMessage } from '../server/problem-message.ts'
import { Problem } from '../ui/Problem.tsx'
import { useSettled } from '../ui/use-settled.ts'
import { Page } from './Page.tsx'
import { paths } from './paths.ts'
import { requestIdOf } from './request-id.ts'

const SEARCH_AFTER_MS = 250

/** Searches the messages of my rooms; the search is in the address. */
export function SearchPage() {
  const { text, setText, search } = useSearchInAddress()
  const cameBack = useRef(useNavigationType() === 'POP' && search !== '')
  useEffect(() => {
    // Whoever comes back is taken to the result that they opened.
    if (!cameBack.current) document.getElementById(SEARCH_FIELD_ID)?.focus()
  }, [])
  return (
    <Page title="Search">
      <div className="sticky top-0 z-1 -mt-4 bg-paper pt-4">
        <SearchBox text={text} onText={setText} />
      </div>
      {search === '' ? (
        <p className="px-3 text-soft">
          Finds messages in the rooms you are in: words by their beginning, “phrases in quotes”, and
          from:, in:, before:, after: and has:, typed or picked above.
        </p>
      ) : (
        <SearchResults
          search={search}
          pathOf={paths.message}
          problem={(error, retry) => (
            <Problem
              title="The search could not be made"
              detail={errorMessage(error)}
              requestId={requestIdOf(error)}
            >
              {retry}
            </Problem>
          )}
        />
      )}
    </Page>
  )
}

/** What is in the field goes into the address once nobody has typed for a moment; another address goes into the field. */
function useSearchInAddress() {
  const [params, setParams] = useSearchParams()
  const search = params.get('q') ?? ''
  const isOurs = useNavigationType() === 'REPLACE'
  const [text, setText] = useState(search)
  const [lastSearch, setLastSearch] = useState(search)
  if (search !== lastSearch) {
    setLastSearch(search)
    if (!isOurs) setText(search)
  }
  const typed = text.trim().toWellFormed()
  const settled = useSettled(typed, SEARCH_AFTER_MS)
  useEffect(() => {
    if (settled === typed && settled !== search)
      setParams(settled === '' ? {} : { q: settled }, { replace: true })
  }, [settled, typed, search, setParams])
  return { text, setText, search }
}
