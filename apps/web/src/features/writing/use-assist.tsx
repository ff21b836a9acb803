import { useState, type ReactNode } from 'react'
import { useLaterPart } from '../../server/use-later-part.ts'
import type { RoomInfo } from '../rooms/rooms.queries.ts'
import type { Assist, WrittenIn } from './assist.ts'

const loadAssistant = () => import('./Assistant.tsx')

/** Help with writing in a field, loaded after the first view; `popups` go right before the field. */
export function useAssist({
  room,
  ...writtenIn
}: Omit<WrittenIn, 'room'> & { room: RoomInfo | undefined }): {
  assist: Assist | undefined
  popups: ReactNode
} {
  const part = useLaterPart(loadAssistant)
  const [assist, setAssist] = useState<Assist>()
  const popups = part && room && <part.Assistant {...writtenIn} room={room} onAssist={setAssist} />
  return { assist, popups }
}
