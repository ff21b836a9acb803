import {
  memo,
  useDeferredValue,
  useEffectEvent,
  useId,
  useLayoutEffect,
  useRef,
  type KeyboardEvent,
} from 'react'
import * as words from '../../words/en/writing.en.ts'
import { t } from '../../words/say.ts'
import { isTyped } from '../../ui/is-typed.ts'
import { TextField } from '../../ui/TextField.tsx'
import { findEmoji, type Emoji } from './emoji-list.ts'
import { COLUMNS, moveInGrid } from './move-in-grid.ts'
import { useEmojiList } from './use-emoji-list.ts'

const FOUND_MAX = 64
const SEARCH_MAX_CHARS = 40

/** In the order of `emojibase-data`, which has the parts of emoji as the third. */
const GROUPS = [
  [0, words.smileys],
  [1, words.gestures],
  [3, words.nature],
  [4, words.food],
  [5, words.travel],
  [6, words.activities],
  [7, words.objects],
  [8, words.symbols],
  [9, words.flags],
] as const

/** Every emoji there is, to search and to choose from. `search` is what is in the field. */
export function EmojiPicker(props: {
  search: string
  onSearch: (search: string) => void
  onChosen: (emoji: string) => void
}) {
  const { search: text, onSearch, onChosen } = props
  const list = useEmojiList(true)
  const search = useDeferredValue(text.trim())
  const found = list && search !== '' ? findEmoji(list, search, FOUND_MAX) : undefined
  const picker = useRef<HTMLDivElement>(null)

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    if (event.nativeEvent.isComposing) return
    const isInField = event.target instanceof HTMLInputElement
    // Whoever types on an emoji searches; Enter would choose what they did not mean.
    if (!isInField && isTyped(event.nativeEvent)) return fieldIn(picker.current)?.focus()
    if (event.key !== 'Enter' || !isInField) return moveInGrid(event)
    event.preventDefault()
    // What is found may not be shown yet.
    const [first] = list && text.trim() !== '' ? findEmoji(list, text.trim(), 1) : []
    if (first) onChosen(first.emoji)
  }

  const isAsked = useEffectEvent(() => text !== '' || !matchMedia('(pointer: coarse)').matches)
  useLayoutEffect(() => {
    // It was not there when the popup opened. Where fingers are, it would open the keyboard.
    if (!isAsked()) return
    const field = fieldIn(picker.current)
    field?.focus()
    field?.setSelectionRange(field.value.length, field.value.length)
  }, [])

  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- The keys are those of what is in it.
    <div
      ref={picker}
      className="flex w-84 max-w-[calc(100vw-2.5rem)] flex-col gap-2 p-1"
      onKeyDown={onKeyDown}
    >
      <search>
        <TextField
          label={t(words.findEmoji)}
          value={text}
          maxLength={SEARCH_MAX_CHARS}
          autoComplete="off"
          onChange={({ target }) => onSearch(target.value)}
        />
      </search>
      <output className={found?.length === 0 ? 'block px-2 text-soft' : 'sr-only'}>
        {statusOf(list, found)}
      </output>
      <div className="h-[min(20rem,45dvh)] overflow-y-auto overscroll-contain">
        {list &&
          (found ? (
            <Grid label={t(words.emoji)} emoji={found} onChosen={onChosen} />
          ) : (
            <Groups list={list} onChosen={onChosen} />
          ))}
      </div>
    </div>
  )
}

function fieldIn(picker: HTMLElement | null): HTMLInputElement | null | undefined {
  return picker?.querySelector('input')
}

function statusOf(list: readonly Emoji[] | undefined, found: readonly Emoji[] | undefined): string {
  if (!list) return t(words.loadingEmoji)
  if (!found) return ''
  return found.length === 0 ? t(words.noEmoji) : t(words.emojiFound, { count: found.length })
}

const Groups = memo(function Groups(props: {
  list: readonly Emoji[]
  onChosen: (emoji: string) => void
}) {
  return GROUPS.map(([group, name]) => (
    <Group key={group} name={t(name)} {...props} group={group} />
  ))
})

function Group(props: {
  name: string
  group: number
  list: readonly Emoji[]
  onChosen: (emoji: string) => void
}) {
  const id = useId()
  const emoji = props.list.filter(({ group }) => group === props.group)
  return (
    <section
      aria-labelledby={id}
      // Only what is in view is laid out.
      className="[contain-intrinsic-size:auto_40rem] [content-visibility:auto]"
    >
      <h3 id={id} className="sticky top-0 bg-raised px-1 py-1 text-small font-semibold text-soft">
        {props.name}
      </h3>
      <Grid label={props.name} emoji={emoji} onChosen={props.onChosen} />
    </section>
  )
}

function Grid(props: {
  label: string
  emoji: readonly Emoji[]
  onChosen: (emoji: string) => void
}) {
  return (
    <div
      role="toolbar"
      aria-label={props.label}
      className="grid"
      style={{ gridTemplateColumns: `repeat(${COLUMNS}, minmax(0, 1fr))` }}
    >
      {props.emoji.map(({ emoji, name }, nth) => (
        <button
          key={emoji}
          type="button"
          aria-label={name}
          title={name}
          tabIndex={nth === 0 ? 0 : -1}
          onClick={() => props.onChosen(emoji)}
          className="flex h-10 items-center justify-center rounded-control font-emoji text-[1.25rem] hover:bg-hover focus-visible:-outline-offset-2 touch:h-11"
        >
          {emoji}
        </button>
      ))}
    </div>
  )
}
