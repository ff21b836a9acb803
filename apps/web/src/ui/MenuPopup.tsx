import { Menu } from '@base-ui/react/menu'
import type { ReactNode } from 'react'
import { MENU_POPUP } from './menu-look.ts'

/** The popup below a button at the end of a row. */
export function MenuPopup({ children }: { children: ReactNode }) {
  return (
    <Menu.Portal>
      <Menu.Positioner align="end" sideOffset={4} className="z-10 outline-none">
        <Menu.Popup className={`w-72 max-w-[calc(100vw-1rem)] ${MENU_POPUP}`}>
          {children}
        </Menu.Popup>
      </Menu.Positioner>
    </Menu.Portal>
  )
}
