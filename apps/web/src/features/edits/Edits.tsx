import { REMOVED_SHOWN_MS } from '@conclave/shared/messages'
import { createContext, use, useMemo, useRef, useState, type ReactNode } from 'react'
import { useLaterPart } from '../../server/use-later-part.ts'
import type { RoomInfo } from '../rooms/rooms.queries.ts'
import type { EditsOf, LiveEdits } from './live-edits.ts'

interface Edits extends Pick<EditsOf, 'list'> {
  /** Once it is loaded. */
  live: LiveEdits | undefined
  removedShownSince: number
}

const loadLive = () => import('./EditsLive.tsx')

const EditsContext = createContext<Edits>({
  list: { current: null },
  live: undefined,
  removedShownSince: 0,
})

/** Edits and removals in one room; each room mounts its own. */
export function EditsProvider({ room, children }: { room: RoomInfo; children: ReactNode }) {
  const list = useRef<EditsOf['list']['current']>(null)
  const [live, setLive] = useState<LiveEdits>()
  const [openedAt] = useState(Date.now)
  const part = useLaterPart(loadLive)
  const edits = useMemo<Edits>(
    () => ({
      list,
      live,
      removedShownSince: live?.removedShownSince ?? openedAt - REMOVED_SHOWN_MS,
    }),
    [live, openedAt],
  )
  return (
    <EditsContext value={edits}>
      {children}
      {part && <part.EditsLive room={room} list={list} onLive={setLive} />}
    </EditsContext>
  )
}

export function useEdits(): Edits {
  return use(EditsContext)
}
