import { SEARCH_MAX_CHARS } from '@conclave/shared/paging'
import { SearchField } from '../../ui/SearchField.tsx'
import * as words from '../../words/en/search.en.ts'
import { t } from '../../words/say.ts'

interface Choice {
  id: string
  name: string
  /** What is put into the search, if not the id. */
  value?: string
}

/** What can be chosen for a filter, with a field for the first letters where there may be many. */
export function FilterChoices(props: {
  label: string
  field?: { label: string; text: string; onText: (text: string) => void }
  choices: readonly Choice[]
  onChosen: (value: string) => void
}) {
  const { label, field, choices, onChosen } = props
  return (
    <>
      {field && (
        <div className="px-2 pt-2">
          <SearchField {...field} maxLength={SEARCH_MAX_CHARS} />
        </div>
      )}
      <ul aria-label={label} className="max-h-72 overflow-y-auto">
        {choices.map(({ id, name, value = id }) => (
          <li key={id}>
            <button
              type="button"
              onClick={() => onChosen(value)}
              className="flex min-h-9 w-full items-center rounded-control px-3 py-1.5 text-start -outline-offset-2 hover:bg-hover touch:min-h-11"
            >
              <bdi className="written-line">{name}</bdi>
            </button>
          </li>
        ))}
      </ul>
      {field && choices.length === 0 && (
        <p className="px-3 pb-2 text-soft">{t(words.nothingFound)}</p>
      )}
    </>
  )
}
