import { isSoughtBy } from '@conclave/shared/names'
import { SEARCHED_THINGS } from '@conclave/shared/search'
import { searchText, type SearchOperator, type SearchPart } from '@conclave/shared/search-text'
import { X } from 'lucide-react'
import { useMemo, useState } from 'react'
import { PILL } from '../../ui/pill-look.ts'
import { useSettled } from '../../ui/use-settled.ts'
import { usePeople } from '../people/people-list.queries.ts'
import { useRoomOrder } from '../rooms/RoomOrderProvider.tsx'
import { FilterChip } from './FilterChip.tsx'
import { FilterChoices } from './FilterChoices.tsx'
import { isFilter, OPERATORS, parseTyped } from './search-operators.ts'
import * as words from '../../words/en/search.en.ts'
import { rich, t } from '../../words/say.ts'
import type { Word } from '../../words/word.ts'

const THINGS: Record<(typeof SEARCHED_THINGS)[number], Word> = {
  link: words.hasLink,
  code: words.hasCode,
  mention: words.hasMention,
  reply: words.hasReply,
  emoji: words.hasEmoji,
}
const CHOICES_MAX = 8
const SEARCH_AFTER_MS = 200

/** The filters of a search: those that it has, to take away, and those that can be added. They are words of its text. */
export function SearchFilters(props: { text: string; onText: (text: string) => void }) {
  const { text, onText } = props
  const parts = useMemo(() => parseTyped(text), [text])
  const add = (kind: SearchOperator) => (value: string) =>
    onText(searchText([...parts, { kind, value }]))
  return (
    <ul aria-label={t(words.filters)} className="flex flex-wrap gap-2 pt-2">
      {parts.filter(isWhole).map((part) => (
        <li key={`${part.kind}:${part.value}`}>
          <button
            type="button"
            aria-label={t(words.removeFilter, {
              filter: `${t(OPERATORS[part.kind])} ${part.value}`,
            })}
            onClick={() => onText(searchText(parts.filter((other) => other !== part)))}
            className={`relative max-w-60 border-brass-line! bg-selected! ${PILL}`}
          >
            <span className="written-line">
              {rich(words.filterWith, {
                name: t(OPERATORS[part.kind]),
                value: <bdi>{part.value}</bdi>,
              })}
            </span>
            <X className="size-3.5 shrink-0" aria-hidden="true" />
          </button>
        </li>
      ))}
      <FilterChip name={t(OPERATORS.from)}>
        {(close) => <People onChosen={chosen(add('from'), close)} />}
      </FilterChip>
      <FilterChip name={t(OPERATORS.in)}>
        {(close) => <Rooms onChosen={chosen(add('in'), close)} />}
      </FilterChip>
      {(['before', 'after'] as const).map((kind) => (
        <FilterChip key={kind} name={t(OPERATORS[kind])}>
          {(close) => <Day label={t(OPERATORS[kind])} onChosen={chosen(add(kind), close)} />}
        </FilterChip>
      ))}
      <FilterChip name={t(OPERATORS.has)}>
        {(close) => (
          <FilterChoices
            label={t(OPERATORS.has)}
            choices={SEARCHED_THINGS.map((id) => ({ id, name: t(THINGS[id]) }))}
            onChosen={chosen(add('has'), close)}
          />
        )}
      </FilterChip>
    </ul>
  )
}

/** The field shows what is still without a value. */
function isWhole(part: SearchPart): part is SearchPart & { kind: SearchOperator } {
  return isFilter(part) && part.value !== ''
}

function chosen(add: (value: string) => void, close: () => void): (value: string) => void {
  return (value) => {
    close()
    add(value)
  }
}

function People({ onChosen }: { onChosen: (value: string) => void }) {
  const [text, setText] = useState('')
  const sought = text.trim().toWellFormed()
  const search = useSettled(sought, SEARCH_AFTER_MS)
  const { pages, isStale } = usePeople(search)
  const isPending = sought !== search || isStale || !pages
  const listed = pages?.[0]?.people ?? []
  // Until those are found who are sought now, the list has others.
  const people = isPending ? listed.filter(({ name }) => isSoughtBy(name, sought)) : listed
  return (
    <FilterChoices
      label={t(OPERATORS.from)}
      field={{ label: t(words.findPerson), text, onText: setText }}
      choices={people
        .slice(0, CHOICES_MAX)
        .map(({ name }, nth) => ({ id: `${nth} ${name}`, name, value: name }))}
      isPending={isPending}
      onChosen={onChosen}
    />
  )
}

function Rooms({ onChosen }: { onChosen: (value: string) => void }) {
  const [text, setText] = useState('')
  const { rooms } = useRoomOrder()
  const sought = text.trim().toLocaleLowerCase()
  const named = rooms.filter(
    ({ kind, name }) => kind !== 'direct' && name.toLocaleLowerCase().includes(sought),
  )
  return (
    <FilterChoices
      label={t(OPERATORS.in)}
      field={{ label: t(words.findRoom), text, onText: setText }}
      choices={named.slice(0, CHOICES_MAX).map(({ id, name }) => ({ id, name, value: name }))}
      onChosen={onChosen}
    />
  )
}

function Day({ label, onChosen }: { label: string; onChosen: (value: string) => void }) {
  return (
    <label className="grid gap-1.5 p-2 font-medium">
      {label}
      <input
        type="date"
        // While a year is typed, it is one of the first centuries.
        min="1970-01-01"
        className="min-h-10 rounded-control border border-line-strong bg-paper px-3 py-2 max-wide:text-[1rem] touch:min-h-11"
        onChange={({ target }) => {
          if (target.value !== '' && target.validity.valid) onChosen(target.value)
        }}
      />
    </label>
  )
}
