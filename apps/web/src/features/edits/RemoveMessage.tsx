import type { Message } from '@conclave/shared/messages'
import { Trash2 } from 'lucide-react'
import * as words from '../../words/en/edits.en.ts'
import { t } from '../../words/say.ts'
import { ActionButton } from '../messages/ActionButton.tsx'
import { useEdits } from './Edits.tsx'

/** The button that asks whether to remove this message, where that may be done. */
export function RemoveMessage({ message }: { message: Message }) {
  const { live } = useEdits()
  if (!live?.mayRemove(message)) return null
  return (
    <ActionButton
      label={t(words.remove)}
      icon={Trash2}
      aria-haspopup="dialog"
      onClick={() => live.remove(message)}
    />
  )
}
