import { useEffect, useRef } from 'react'
import { useMatch, useNavigate } from 'react-router'
import { useRoomOrder } from '../features/rooms/RoomOrderProvider.tsx'
import { paths, ROUTES } from './paths.ts'
import { shortcutOf, type Shortcut } from './shortcuts.ts'

const CURRENT_LINK = 'a[aria-current=page], :not(:has([aria-current=page])) > li > a'

const STEPS = { previousRoom: -1, nextRoom: 1 }

/** Does what the table of shortcuts says; `showKeys` stays the same function. */
export function useShortcuts(showKeys: () => void): void {
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
      const shortcut = shortcutOf(event)
      if (shortcut && !event.defaultPrevented && run(shortcut)) event.preventDefault()
    }
    /** Whether there was something to do. */
    function run(shortcut: Shortcut): boolean {
      switch (shortcut) {
        case 'nextRegion':
        case 'previousRegion':
          focusRegion(shortcut === 'nextRegion' ? 1 : -1)
          return true
        case 'search':
          return search(() => void navigate(paths.search))
        case 'previousRoom':
        case 'nextRoom':
          return openRoom(rooms[rooms.findIndex(({ id }) => id === roomId) + STEPS[shortcut]]?.id)
        case 'showKeys':
          showKeys()
          return true
      }
    }
    function openRoom(id: string | undefined): boolean {
      if (id === undefined) return false
      const region = regionOf(document.activeElement)
      cameFrom.current = region === undefined ? undefined : { roomId, region }
      void navigate(paths.room(id))
      return true
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [rooms, roomId, navigate, showKeys])
}

/** In the field itself, the key is the browser's own. */
function search(open: () => void): boolean {
  const field = document.querySelector<HTMLInputElement>('[type=search]')
  if (field && field === document.activeElement) return false
  if (field) field.select()
  else open()
  return true
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
