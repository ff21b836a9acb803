import { useId, useMemo, type ReactNode } from 'react'
import { useLaterPart } from '../../server/use-later-part.ts'
import { COUNTER_BELOW_CHARS, isShort } from './short-text.ts'

const loadLengthNote = () => import('./LengthNote.tsx')

/** Whether a text is too long for a message, and what is said of that where it nearly is. */
export function useLength(text: string): {
  isTooLong: boolean
  /** Of the note, while there is one. */
  noteId: string | undefined
  note: ReactNode
} {
  const id = useId()
  const part = useLaterPart(loadLengthNote)
  const left = useMemo(
    () => (isShort(text) ? COUNTER_BELOW_CHARS : part?.charsLeft(text)),
    [text, part],
  )
  const isNoted = part !== undefined && !(left !== undefined && left >= COUNTER_BELOW_CHARS)
  return {
    isTooLong: left === undefined || left < 0,
    noteId: isNoted ? id : undefined,
    note: isNoted && <part.LengthNote id={id} left={left} />,
  }
}
