import { useMemo } from 'react'
import { findEmoji, type Emoji } from '../emoji/emoji-list.ts'
import { useEmojiList } from '../emoji/use-emoji-list.ts'
import type { Option } from './option.ts'

const OPTIONS_MAX = 8

/** The emoji by what was written; undefined: nothing was. */
export function useEmojiOptions(search: string | undefined): Option[] {
  const list = useEmojiList(search !== undefined)
  return useMemo(
    () =>
      search === undefined || !list
        ? []
        : findEmoji(list, search, OPTIONS_MAX).map((one) => optionOf(one, search)),
    [list, search],
  )
}

function optionOf({ emoji, name, shortcodes }: Emoji, search: string): Option {
  const begun = shortcodes.find((code) => code.startsWith(search.toLowerCase()))
  const word = begun ?? shortcodes[0] ?? name
  return { key: emoji, kind: 'emoji', name, word, source: emoji, shown: emoji }
}
