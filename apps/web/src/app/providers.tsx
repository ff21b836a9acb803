import type { ReactNode } from 'react'
import { BrowserRouter } from 'react-router'
import { NoticeProvider } from '../ui/Notice.tsx'

/** What only the signed-in app needs; the session and the data are provided above it. */
export function Providers({ children }: { children: ReactNode }) {
  return (
    <BrowserRouter>
      <NoticeProvider>{children}</NoticeProvider>
    </BrowserRouter>
  )
}
