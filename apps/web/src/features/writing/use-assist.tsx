import { useState, type ReactNode } from 'react'
import { useLaterPart } from '../../server/use-later-part.ts'
import type { Assist, WrittenIn } from './assist.ts'

const loadAssistant = () => import('./Assistant.tsx')

/** Help with writing in a field, loaded after the first view; `popups` go right before the field. */
export function useAssist(writtenIn: WrittenIn): { assist: Assist | undefined; popups: ReactNode } {
  const part = useLaterPart(loadAssistant)
  const [assist, setAssist] = useState<Assist>()
  return { assist, popups: part && <part.Assistant {...writtenIn} onAssist={setAssist} /> }
}
