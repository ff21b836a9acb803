import type { Message } from '@conclave/shared/messages'
import { Pencil } from 'lucide-react'
import * as words from '../../words/en/edits.en.ts'
import { t } from '../../words/say.ts'
import { ActionButton } from '../messages/ActionButton.tsx'
import { useEdits } from './Edits.tsx'

/** The button that edits this message, where that may be done. */
export function EditMessage({ message }: { message: Message }) {
  const { live } = useEdits()
  if (!live?.mayEdit(message)) return null
  return <ActionButton label={t(words.edit)} icon={Pencil} onClick={() => live.begin(message)} />
}
