import { SEARCH_MAX_CHARS } from '@conclave/shared/paging'
import { useEffect, useEffectEvent, useId, useState, type KeyboardEvent } from 'react'
import { TextField } from '../../ui/TextField.tsx'
import * as words from '../../words/en/search.en.ts'
import { t } from '../../words/say.ts'

interface Choice {
  id: string
  name: string
  /** What is put into the search, if not the id. */
  value?: string
}

/**
 * What can be chosen for a filter, with a field for the first letters where there may be many. As with the suggestions for a
 * message, the focus stays where it is, arrow keys move along the list, and Enter takes the one that is marked, at first the first.
 */
export function FilterChoices(props: {
  label: string
  field?: { label: string; text: string; onText: (text: string) => void }
  choices: readonly Choice[]
  /** Whether those that are sought may still be on their way. */
  isPending?: boolean
  onChosen: (value: string) => void
}) {
  const { label, field, choices, isPending = false } = props
  const listId = useId()
  const { nth, point, choose, onKeyDown } = useChoosing({ ...props, sought: field?.text ?? '' })
  const marked = choices[nth] && `${listId}-${nth}`
  useEffect(() => {
    if (marked !== undefined) document.getElementById(marked)?.scrollIntoView({ block: 'nearest' })
  }, [marked])
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- The keys are those of what is in it.
    <div onKeyDown={onKeyDown}>
      {field && (
        <search className="block px-2 pt-2 pb-3">
          <TextField
            label={field.label}
            value={field.text}
            maxLength={SEARCH_MAX_CHARS}
            autoComplete="off"
            // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- It is an input, in another file.
            role="combobox"
            aria-autocomplete="list"
            aria-expanded={choices.length > 0}
            aria-controls={listId}
            aria-activedescendant={marked}
            onChange={({ target }) => field.onText(target.value)}
          />
        </search>
      )}
      <div
        id={listId}
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- No list of the browser's is one for a field.
        role="listbox"
        aria-label={label}
        tabIndex={field ? undefined : 0}
        aria-activedescendant={field ? undefined : marked}
        className="max-h-72 overflow-y-auto outline-none"
      >
        {choices.map((choice, at) => (
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- The focus and the keys are those around it.
          <div
            key={choice.id}
            id={`${listId}-${at}`}
            // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- As above.
            role="option"
            aria-selected={at === nth}
            className="flex min-h-9 cursor-default items-center rounded-control px-3 py-1.5 select-none aria-selected:bg-selected touch:min-h-11 forced-colors:aria-selected:outline-2 forced-colors:aria-selected:-outline-offset-2"
            onPointerMove={() => point(at)}
            onClick={() => choose(choice)}
          >
            <bdi className="written-line">{choice.name}</bdi>
          </div>
        ))}
      </div>
      {field && choices.length === 0 && !isPending && (
        <p className="px-3 pb-2 text-soft">{t(words.nothingFound)}</p>
      )}
    </div>
  )
}

/** Which one is marked, and what the keys do. Whoever presses Enter before there is one gets the first when it comes. */
function useChoosing(given: {
  sought: string
  choices: readonly Choice[]
  isPending?: boolean
  onChosen: (value: string) => void
}) {
  const { sought, choices, isPending = false, onChosen } = given
  const [marked, setMarked] = useState({ sought, nth: 0 })
  const [entered, setEntered] = useState<string>()
  const nth = marked.sought === sought ? Math.max(0, Math.min(marked.nth, choices.length - 1)) : 0
  const point = (to: number) => setMarked({ sought, nth: to })
  const choose = ({ id, value = id }: Choice) => onChosen(value)
  const first = choices[0]?.id
  const chooseFirst = useEffectEvent(() => {
    if (choices[0]) choose(choices[0])
  })
  useEffect(() => {
    if (entered === sought && !isPending && first !== undefined) chooseFirst()
  }, [entered, sought, isPending, first])

  function onKeyDown(event: KeyboardEvent): void {
    const { key, shiftKey, ctrlKey, metaKey, altKey, nativeEvent } = event
    if (nativeEvent.isComposing || shiftKey || ctrlKey || metaKey || altKey) return
    const step = { ArrowDown: 1, ArrowUp: -1 }[key]
    if (step === undefined && key !== 'Enter') return
    event.preventDefault()
    const choice = choices[nth]
    if (step !== undefined) point((nth + step + choices.length) % Math.max(1, choices.length))
    else if (choice) choose(choice)
    else if (isPending) setEntered(sought)
  }
  return { nth, point, choose, onKeyDown }
}
