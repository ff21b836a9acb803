import { X } from 'lucide-react'
import { useRef } from 'react'
import { Button } from '../../ui/Button.tsx'
import { SEARCH_TEXT_MAX_CHARS } from '@conclave/shared/search'
import { SEARCH_FIELD_ID } from './search-field-id.ts'
import { SearchFilters } from './SearchFilters.tsx'
import { focusFirstHit } from './use-hit-keys.ts'
import * as words from '../../words/en/search.en.ts'
import { t } from '../../words/say.ts'

/** The field in which people search, with the filters that can be typed into it or picked. */
export function SearchBox({ text, onText }: { text: string; onText: (text: string) => void }) {
  const field = useRef<HTMLInputElement>(null)
  return (
    <search className="block pb-3">
      <label htmlFor={SEARCH_FIELD_ID} className="sr-only">
        {t(words.searchMessages)}
      </label>
      <div className="relative">
        <input
          ref={field}
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
          className="min-h-10 w-full rounded-control border border-line-strong bg-raised py-2 ps-3 pe-12 placeholder:text-soft focus-visible:border-brass focus-visible:outline-offset-0 max-wide:text-[1rem] touch:min-h-11 [&::-webkit-search-cancel-button]:hidden"
        />
        {text !== '' && (
          <Button
            look="icon"
            aria-label={t(words.clear)}
            title={t(words.clear)}
            className="absolute end-0.5 top-1/2 -translate-y-1/2"
            onClick={() => {
              onText('')
              field.current?.focus()
            }}
          >
            <X className="size-4" aria-hidden="true" />
          </Button>
        )}
      </div>
      <SearchFilters text={text} onText={onText} />
    </search>
  )
}
