import { Popover } from '@base-ui/react/popover'
import { ChevronDown } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { MENU_POPUP } from '../../ui/menu-look.ts'
import { PILL } from '../../ui/pill-look.ts'

/** A button with the name of a filter, and below it what can be chosen. */
export function FilterChip(props: { name: string; children: (close: () => void) => ReactNode }) {
  const { name, children } = props
  const [isOpen, setIsOpen] = useState(false)
  return (
    <li>
      <Popover.Root open={isOpen} onOpenChange={setIsOpen}>
        <Popover.Trigger className={`relative text-soft hover:text-ink ${PILL}`}>
          {name}
          <ChevronDown className="size-3.5" aria-hidden="true" />
        </Popover.Trigger>
        <Popover.Portal>
          <Popover.Positioner align="start" sideOffset={4} className="z-10 outline-none">
            <Popover.Popup
              aria-label={name}
              className={`w-64 max-w-[calc(100vw-1rem)] ${MENU_POPUP}`}
            >
              {children(() => setIsOpen(false))}
            </Popover.Popup>
          </Popover.Positioner>
        </Popover.Portal>
      </Popover.Root>
    </li>
  )
}
