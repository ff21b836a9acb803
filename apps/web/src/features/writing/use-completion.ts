import { useState, type KeyboardEvent } from 'react'
import { queryAt, type CompletionQuery } from './completion-query.ts'
import { folded } from './mention-options.ts'
import { shownIn, type Piece } from './mention-text.ts'
import type { Option } from './option.ts'

/** What is being written that can be completed, unless somebody has said that they do not want that. */
export function useQueryAt(pieces: readonly Piece[], caret: number | undefined) {
  const [dismissed, setDismissed] = useState<string>()
  const found = caret === undefined ? undefined : queryOutside(pieces, caret)
  const place = found && `${found.kind} ${found.from}`
  // At another place, or at the same one later, it is a new one.
  if (dismissed !== undefined && place !== dismissed) setDismissed(undefined)
  return {
    query: place === dismissed ? undefined : found,
    dismiss: () => setDismissed(place),
  }
}

/** What is in a mention is written already. */
function queryOutside(pieces: readonly Piece[], caret: number): CompletionQuery | undefined {
  const query = queryAt(shownIn(pieces), caret)
  if (!query) return undefined
  let at = 0
  for (const { shown, isMention } of pieces) {
    if (isMention && at < query.to && at + shown.length > query.from) return undefined
    at += shown.length
  }
  return query
}

/** Which option is chosen; another query begins with the first. */
export function useChosen(query: CompletionQuery | undefined, count: number) {
  const asked = query && `${query.kind}${query.from}${query.text}`
  const [state, setState] = useState({ asked, nth: 0 })
  const nth = state.asked === asked ? Math.min(state.nth, count - 1) : 0
  return [nth, (next: number) => setState({ asked, nth: (next + count) % count })] as const
}

/** What a key does while there are suggestions; undefined: what it does anyway. */
export function actOf(
  { key, shiftKey, ctrlKey, metaKey, altKey }: KeyboardEvent,
  query: CompletionQuery,
  options: readonly Option[],
): 'next' | 'previous' | 'choose' | 'complete' | 'dismiss' | undefined {
  if (shiftKey || ctrlKey || metaKey || altKey) return undefined
  switch (key) {
    case 'ArrowDown':
      return 'next'
    case 'ArrowUp':
      return 'previous'
    case 'Enter':
    case 'Tab':
      return 'choose'
    case 'Escape':
      return 'dismiss'
    // Written in full, it is meant.
    case ' ':
      return query.kind === 'mention' && options.length === 1 && isWhole(query, options[0])
        ? 'choose'
        : undefined
    case ':':
      return query.kind === 'emoji' && isWhole(query, options[0]) ? 'complete' : undefined
    default:
      return undefined
  }
}

function isWhole({ text }: CompletionQuery, option: Option | undefined): boolean {
  return option !== undefined && folded(option.word) === folded(text)
}
