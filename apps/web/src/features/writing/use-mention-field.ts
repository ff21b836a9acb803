import {
  useCallback,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
  type ChangeEvent,
  type RefObject,
} from 'react'
import { someone } from '../../words/en/people.en.ts'
import { t } from '../../words/say.ts'
import { useNamesOf } from '../people/people.queries.ts'
import type { WrittenIn } from './assist.ts'
import {
  edited,
  linkedAgain,
  mentionedIn,
  moved,
  piecesOf,
  replaced,
  shownIn,
  withWholeMentions,
  type Piece,
  type Range,
} from './mention-text.ts'

/** What takes the place of something that was written. */
interface Putting {
  range: Range
  source: string
  shown: string
}

/** Changes that may bring back what once was a mention, as the text that was shown of it. */
const BRINGS_BACK = /^(?:history|insertFrom)/

export type MentionField = ReturnType<typeof useMentionField>

/** A plain field that shows the names of those whom its text mentions: see mention-text.ts. */
export function useMentionField(
  { text, field, onText }: WrittenIn,
  caret: number | undefined,
  isComposing: boolean,
) {
  const nameOf = useSteadyNames(text, isComposing)
  const pieces = useMemo(() => piecesOf(text, nameOf), [text, nameOf])
  const putting = useRef<Putting>(undefined)
  const [known] = useState(() => new Map<string, string | undefined>())
  const caretAfter = useKeptCaret(field, pieces, caret)

  function read({ target, nativeEvent }: ChangeEvent<HTMLTextAreaElement>): string {
    const { value, selectionEnd } = target
    const changed =
      afterPutting(pieces, putting.current, value) ?? edited(pieces, value, selectionEnd)
    const inputType = 'inputType' in nativeEvent ? String(nativeEvent.inputType) : ''
    const source = BRINGS_BACK.test(inputType)
      ? linkedAgain(piecesOf(changed.source, nameOf), known)
      : changed.source
    // The browser has put the caret where it belongs, unless the field is about to show something else.
    if (shownIn(piecesOf(source, nameOf)) !== value) caretAfter(changed.caret)
    return source
  }

  /** Puts something in the place of what was written, so that it can be undone. */
  function put(now: Putting): void {
    const element = field.current
    if (!element) return
    const { range, source, shown } = now
    const [mention, name] = [source.trimEnd(), shown.trimEnd()]
    // Of two people with one name nobody can tell later which was meant.
    if (name.startsWith('@'))
      known.set(name, (known.get(name) ?? mention) === mention ? mention : undefined)
    element.focus()
    element.setSelectionRange(range.from, range.to)
    putting.current = now
    // oxlint-disable-next-line typescript/no-deprecated -- Only what is inserted like this can be undone.
    const isDone = document.execCommand('insertText', false, shown)
    putting.current = undefined
    if (isDone) return
    const changed = replaced(pieces, range, source, shown)
    caretAfter(changed.caret)
    onText(changed.source)
  }

  /** Puts a text where the caret is, or was. */
  function insert(inserted: string): void {
    const { selectionStart: from = 0, selectionEnd: to = 0 } = field.current ?? {}
    put({ range: { from, to }, source: inserted, shown: inserted })
  }

  /** Before a key deletes: selects all of the mentions that it would delete a part of. */
  function selectWhole(key: 'Backspace' | 'Delete'): void {
    const element = field.current
    if (!element) return
    const { selectionStart: start, selectionEnd: end } = element
    const from = start === end && key === 'Backspace' ? start - 1 : start
    const to = start === end && key === 'Delete' ? end + 1 : end
    const whole = withWholeMentions(pieces, { from, to })
    if (whole.from < from || whole.to > to) element.setSelectionRange(whole.from, whole.to)
  }

  const show = useCallback((other: string) => shownIn(piecesOf(other, nameOf)), [nameOf])
  return { pieces, show, read, put, insert, selectWhole }
}

function afterPutting(pieces: readonly Piece[], putting: Putting | undefined, value: string) {
  if (!putting) return undefined
  const { range, source, shown } = putting
  const before = shownIn(pieces)
  const expected = before.slice(0, range.from) + shown + before.slice(range.to)
  return value === expected ? replaced(pieces, range, source, shown) : undefined
}

/** The names of those who are mentioned. They do not change under an input method, which would lose what it composes. */
function useSteadyNames(text: string, isComposing: boolean): (personId: string) => string {
  const mentioned = mentionedIn(text).join()
  const ids = useMemo(() => (mentioned === '' ? [] : mentioned.split(',')), [mentioned])
  const names = useNamesOf(ids)
  const [steady, setSteady] = useState(() => names)
  if (names !== steady && !isComposing) setSteady(() => names)
  return useCallback((id) => steady(id) ?? t(someone), [steady])
}

/** Keeps the caret where it was when the field shows something else; answers how to say where it belongs after a change. */
function useKeptCaret(
  field: RefObject<HTMLTextAreaElement | null>,
  pieces: readonly Piece[],
  caret: number | undefined,
): (caret: number) => void {
  const belongs = useRef<number>(undefined)
  const last = useRef(pieces)
  const seen = useRef(caret)
  useLayoutEffect(() => {
    const before = last.current
    const isSameText = before !== pieces && sourceIn(before) === sourceIn(pieces)
    const now =
      belongs.current ??
      (isSameText && seen.current !== undefined ? moved(before, pieces, seen.current) : undefined)
    belongs.current = undefined
    last.current = pieces
    if (now !== undefined) field.current?.setSelectionRange(now, now)
  }, [field, pieces])
  useLayoutEffect(() => {
    seen.current = caret
  })
  return useCallback((now) => {
    belongs.current = now
  }, [])
}

function sourceIn(pieces: readonly Piece[]): string {
  return pieces.map(({ source }) => source).join('')
}
