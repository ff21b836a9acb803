import { MENTIONS_MAX } from '@conclave/shared/mentions'
import { useId, useMemo, type KeyboardEvent } from 'react'
import type { Assist, WrittenIn } from './assist.ts'
import { optionId } from './CompletionList.tsx'
import { mentionedIn } from './mention-text.ts'
import type { Option } from './option.ts'
import { actOf, useChosen, useQueryAt } from './use-completion.ts'
import { useEmojiOptions } from './use-emoji-options.ts'
import type { MentionField } from './use-mention-field.ts'
import { useMentionOptions } from './use-mention-options.ts'

/** The suggestions for what is being written, what the field says of them, and its keys. */
export function useSuggestions(
  { room, text }: WrittenIn,
  { pieces, put }: MentionField,
  caret: number | undefined,
) {
  const id = useId()
  const { query, dismiss } = useQueryAt(pieces, caret)
  const people = useMentionOptions(room, query?.kind === 'mention' ? query.text : undefined)
  const emoji = useEmojiOptions(query?.kind === 'emoji' ? query.text : undefined)
  const options = query?.kind === 'emoji' ? emoji : within(people, text)
  const [nth, choose] = useChosen(query, options.length)
  const isOpen = query !== undefined && options.length > 0

  function complete(option: Option, after = ' '): void {
    if (!query) return
    put({
      range: { from: query.from, to: query.to },
      source: option.source + after,
      shown: option.shown + after,
    })
  }

  function takesKey(event: KeyboardEvent): boolean {
    const option = options[nth]
    const act = query && option && actOf(event, query, options)
    if (!act) return false
    event.preventDefault()
    // A panel beside the room would close with the same key.
    event.stopPropagation()
    if (act === 'dismiss') dismiss()
    else if (act === 'choose') complete(option)
    else if (act === 'complete') complete(option, '')
    else choose(act === 'next' ? nth + 1 : nth - 1)
    return true
  }

  const attributes = useMemo<Assist['attributes']>(
    () =>
      isOpen
        ? {
            'aria-autocomplete': 'list',
            'aria-haspopup': 'listbox',
            'aria-controls': id,
            'aria-activedescendant': optionId(id, nth),
          }
        : { 'aria-autocomplete': 'list' },
    [isOpen, id, nth],
  )
  const list = isOpen
    ? { id, kind: query.kind, options, chosen: nth, onPoint: choose, onChosen: complete }
    : undefined
  return { attributes, takesKey, list }
}

/** A message with as many mentions as it can have can only mention the same people again. */
function within(options: Option[], text: string): Option[] {
  const mentioned = mentionedIn(text)
  if (mentioned.length < MENTIONS_MAX) return options
  return options.filter(({ kind, key }) => kind !== 'person' || mentioned.includes(key))
}
