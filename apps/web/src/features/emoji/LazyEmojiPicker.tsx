import { useLaterPart } from '../../server/use-later-part.ts'
import type { ComponentProps } from 'react'
import * as words from '../../words/en/writing.en.ts'
import { t } from '../../words/say.ts'
import type { EmojiPicker } from './EmojiPicker.tsx'

const loadPicker = () => import('./EmojiPicker.tsx')

type Props = ComponentProps<typeof EmojiPicker>

/** The picker, loaded when it is asked for. */
export function LazyEmojiPicker(props: Props) {
  const part = useLaterPart(loadPicker)
  return part ? (
    <part.EmojiPicker {...props} />
  ) : (
    <output className="block w-84 max-w-[calc(100vw-2.5rem)] p-3 text-soft">
      {t(words.loadingEmoji)}
    </output>
  )
}
