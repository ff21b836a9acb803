import { SEARCH_TEXT_MAX_CHARS } from '@conclave/shared/search'
import { SEARCH_FIELD_ID } from './search-field-id.ts'
import { SearchFilters } from './SearchFilters.tsx'
import { focusFirstHit } from './use-hit-keys.ts'
import * as words from '../../words/en/search.en.ts'
import { t } from '../../words/say.ts'

/** The field in which people search, with the filters that can be typed into it or picked. */
export function SearchBox({ text, onText }: { text: string; onText: (text: string) => void }) {
  return (
    <search className="block pb-3">
      <label htmlFor={SEARCH_FIELD_ID} className="sr-only">
        {t(words.searchMessages)}
      </label>
      <input
        id={SEARCH_FIELD_ID}
        type="search"
        dir="auto"
        value={text}
        maxLength={SEARCH_TEXT_MAX_CHARS}
        placeholder={t(words.placeholder)}
        autoComplete="off"
        enterKeyHint="search"
        onChange={({ target }) => onText(target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' || event.nativeEvent.isComposing) return
          event.preventDefault()
          focusFirstHit()
        }}
        className="min-h-10 w-full rounded-control border border-line-strong bg-raised px-3 py-2 placeholder:text-soft focus-visible:border-brass focus-visible:outline-offset-0 max-wide:text-[1rem] touch:min-h-11"
      />
      <SearchFilters text={text} onText={onText} />
    </search>
  )
}
