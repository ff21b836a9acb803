import { ChevronLeft } from 'lucide-react'
import { useEffect, useRef, type ReactNode } from 'react'
import { Link } from 'react-router'
import { ScrollerContext } from '../ui/WholeList.tsx'
import { usePageTitle } from '../ui/use-page-title.ts'
import { ConnectionBanner } from './ConnectionStatus.tsx'
import { paths } from './paths.ts'
import { backToRooms } from '../words/en/rooms.en.ts'
import { t } from '../words/say.ts'

/** A page beside the list of rooms that is not a conversation. */
export function Page({
  title,
  aside,
  children,
}: {
  title: string
  aside?: ReactNode
  children: ReactNode
}) {
  const heading = useRef<HTMLHeadingElement>(null)
  const scroller = useRef<HTMLDivElement>(null)
  usePageTitle(title)
  useEffect(() => {
    heading.current?.focus()
  }, [])

  return (
    <>
      <header className="h-14 shrink-0 border-b border-line">
        <div className="column flex h-full items-center gap-3 px-5 max-wide:ps-1 max-wide:pe-3">
          <Link
            to={paths.rooms}
            aria-label={t(backToRooms)}
            className="hidden size-11 items-center justify-center rounded-control max-wide:inline-flex"
          >
            <ChevronLeft className="size-5 rtl:-scale-x-100" aria-hidden="true" />
          </Link>
          <h1
            ref={heading}
            tabIndex={-1}
            className="written-line flex-1 font-semibold outline-none"
          >
            {title}
          </h1>
          {aside}
        </div>
      </header>
      <ConnectionBanner />
      <div
        ref={scroller}
        className="min-h-0 flex-1 gutters overflow-y-auto [--behind:var(--paper)]"
      >
        <div className="column px-5 pt-4 pb-10 max-wide:px-4">
          <ScrollerContext value={scroller}>{children}</ScrollerContext>
        </div>
      </div>
    </>
  )
}
