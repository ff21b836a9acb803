import { Suspense, useEffect } from 'react'
import { Outlet, useMatch } from 'react-router'
import { useMe } from '../features/people/people.queries.ts'
import { errorMessage } from '../server/problem-message.ts'
import { requestIdOf } from './request-id.ts'
import { useFirstViewShown } from '../server/first-view.ts'
import { Problem } from '../ui/Problem.tsx'
import { preloadPages } from './pages.ts'
import { PageSkeleton } from './PageSkeleton.tsx'
import { paths, ROUTES } from './paths.ts'
import { Sidebar } from './Sidebar.tsx'
import { useShortcuts } from './use-shortcuts.ts'
import { WorkspaceSkeleton } from './WorkspaceSkeleton.tsx'

/** Rooms on the left, the conversation beside them; on a narrow screen one of the two. */
export function Workspace() {
  const { me, error } = useMe()
  const showsRooms = useMatch(ROUTES.rooms) !== null
  useShortcuts()
  usePagesPreloaded()
  if (error && !me) {
    return (
      <main className="flex h-dvh">
        <Problem
          title="Conclave could not start"
          detail={errorMessage(error)}
          requestId={requestIdOf(error)}
        >
          <a href={paths.home} className="text-brass underline underline-offset-4">
            Try again
          </a>
        </Problem>
      </main>
    )
  }
  if (!me) return <WorkspaceSkeleton />
  return (
    <div className="grid h-dvh grid-cols-[minmax(0,1fr)] wide:grid-cols-[260px_minmax(0,1fr)]">
      <a
        href="#conversation"
        className="sr-only z-10 rounded-control border border-line bg-raised px-4 py-2 shadow-float focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        Skip to the conversation
      </a>
      <Sidebar me={me} className={showsRooms ? '' : 'max-wide:hidden'} />
      <main
        id="conversation"
        tabIndex={-1}
        className={`flex min-h-0 min-w-0 flex-col outline-none ${showsRooms ? 'max-wide:hidden' : ''}`}
      >
        <Suspense fallback={<PageSkeleton />}>
          <Outlet />
        </Suspense>
      </main>
    </div>
  )
}

function usePagesPreloaded(): void {
  const isFirstViewShown = useFirstViewShown()
  useEffect(() => {
    if (isFirstViewShown) preloadPages()
  }, [isFirstViewShown])
}
