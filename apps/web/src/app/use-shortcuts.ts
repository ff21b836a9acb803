import { useEffect, useRef } from 'react'
import { useMatch, useNavigate } from 'react-router'
import { useRoomOrder } from '../features/rooms/RoomOrderProvider.tsx'
import { paths, ROUTES } from './paths.ts'

const CURRENT_LINK = 'a[aria-current=page], :not(:has([aria-current=page])) > li > a'

/** Ctrl-F searches, and in the field leaves the browser its own. Alt with an arrow key changes the room; F6 moves the focus between the rooms, the messages and the composer. */
export function useShortcuts(): void {
  const { rooms } = useRoomOrder()
  const navigate = useNavigate()
  const roomId = useMatch(ROUTES.inRoom)?.params.roomId
  const cameFrom = useRef<{ roomId: string | undefined; region: string }>(undefined)

  // The region that had the focus disappeared with its room.
  useEffect(() => {
    const from = cameFrom.current
    cameFrom.current = undefined
    if (from && from.roomId !== roomId && document.activeElement === document.body)
      document.querySelector<HTMLElement>(from.region)?.focus({ focusVisible: true })
  }, [roomId])

  useEffect(() => {
    function onKeyDown(event: KeyboardEvent): void {
      if (event.key === 'F6') {
        event.preventDefault()
        focusRegion(event.shiftKey ? -1 : 1)
        return
      }
      if (event.key === 'f' && (event.ctrlKey || event.metaKey) && !event.shiftKey) {
        const field = document.querySelector<HTMLInputElement>('[type=search]')
        if (field && field === document.activeElement) return
        event.preventDefault()
        if (field) field.select()
        else void navigate(paths.search)
        return
      }
      if (!event.altKey) return
      const step = { ArrowUp: -1, ArrowDown: 1 }[event.key]
      if (step === undefined) return
      const room = rooms[rooms.findIndex(({ id }) => id === roomId) + step]
      if (!room) return
      event.preventDefault()
      const region = regionOf(document.activeElement)
      cameFrom.current = region === undefined ? undefined : { roomId, region }
      void navigate(paths.room(room.id))
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [rooms, roomId, navigate])
}

/** How the same region of another room is found. */
function regionOf(element: Element | null): string | undefined {
  const region = element?.closest('[data-region]')
  return region ? `${region.localName}[data-region]` : undefined
}

function focusRegion(step: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')].filter((element) =>
    element.checkVisibility(),
  )
  const now = regions.findIndex((element) => element.contains(document.activeElement))
  const next = regions.at((now + step) % regions.length)
  const target = next?.matches('nav') ? next.querySelector<HTMLElement>(CURRENT_LINK) : next
  // If the last input was a click, WebKit shows no focus ring unless it is told to.
  target?.focus({ focusVisible: true })
}
