import { useLaterPart } from '../../server/use-later-part.ts'
import * as words from '../../words/en/writing.en.ts'
import { t } from '../../words/say.ts'

const loadPicker = () => import('./EmojiPicker.tsx')

/** The picker, loaded when it is asked for. */
export function LazyEmojiPicker({ onChosen }: { onChosen: (emoji: string) => void }) {
  const part = useLaterPart(loadPicker)
  return part ? (
    <part.EmojiPicker onChosen={onChosen} />
  ) : (
    <output className="block w-84 max-w-[calc(100vw-2.5rem)] p-3 text-soft">
      {t(words.loadingEmoji)}
    </output>
  )
}
