import type { ReactNode } from 'react'
import { BrowserRouter } from 'react-router'
import { MeProvider } from '../features/people/MeProvider.tsx'
import { RoomOrderProvider } from '../features/rooms/RoomOrderProvider.tsx'
import { FirstViewProvider } from '../server/FirstViewProvider.tsx'
import { NoticeProvider } from '../ui/Notice.tsx'

/** What only the signed-in app needs; the session and the data are provided above it. */
export function Providers({ children }: { children: ReactNode }) {
  return (
    <BrowserRouter>
      <FirstViewProvider>
        <MeProvider>
          <RoomOrderProvider>
            <NoticeProvider>{children}</NoticeProvider>
          </RoomOrderProvider>
        </MeProvider>
      </FirstViewProvider>
    </BrowserRouter>
  )
}
