import { Suspense, useEffect } from 'react'
import { Outlet, useMatch } from 'react-router'
import { useMe } from '../features/people/MeProvider.tsx'
import { awayAndRetried, errorMessage, isTransient } from '../server/problem-message.ts'
import { requestIdOf } from './request-id.ts'
import { useFirstViewShown } from '../server/first-view.ts'
import { Button } from '../ui/Button.tsx'
import { Problem } from '../ui/Problem.tsx'
import { useLate } from '../ui/use-late.ts'
import { usePageTitle } from '../ui/use-page-title.ts'
import { ConnectionBanner } from './ConnectionStatus.tsx'
import { preloadPages } from './lazy-pages.ts'
import { PageSkeleton } from './PageSkeleton.tsx'
import { ROUTES } from './paths.ts'
import { Region } from './Region.tsx'
import { Sidebar } from './Sidebar.tsx'
import { UnreadShown } from './UnreadShown.tsx'
import { useKeys } from './use-keys.tsx'
import { useVersionWatched } from './use-version-watched.ts'
import { WorkspaceSkeleton } from './WorkspaceSkeleton.tsx'
import * as words from '../words/en/app.en.ts'
import { tryAgain } from '../words/en/common.en.ts'
import { t } from '../words/say.ts'

const BLIP_MS = 2_000

/** Rooms at the start and the conversation beside them; on a narrow screen only one of the two. */
export function Workspace() {
  const { me, error } = useMe()
  const showsRooms = useMatch(ROUTES.rooms) !== null
  const keysSheet = useKeys()
  usePagesPreloaded()
  useVersionWatched()
  const isLong = useLate(error !== null && !me, BLIP_MS)
  if (!me && error && (isLong || !isTransient(error))) return <NotStarted error={error} />
  if (!me) return <WorkspaceSkeleton />
  return (
    <div className="grid h-dvh grid-cols-[minmax(0,1fr)] wide:grid-cols-[260px_minmax(0,1fr)]">
      <a
        href="#conversation"
        className="sr-only z-10 rounded-control border border-line bg-raised px-4 py-2 shadow-float focus:not-sr-only focus:fixed focus:top-2 focus:start-2"
      >
        {t(words.skip)}
      </a>
      <Region part={words.roomsBroken}>
        <Sidebar me={me} className={showsRooms ? '' : 'max-wide:hidden'} />
      </Region>
      <main
        id="conversation"
        tabIndex={-1}
        className={`flex min-h-0 min-w-0 flex-col outline-none ${showsRooms ? 'max-wide:hidden' : ''}`}
      >
        <Region part={words.pageBroken}>
          <UnreadShown>
            <Suspense fallback={<PageSkeleton />}>
              <Outlet />
            </Suspense>
          </UnreadShown>
        </Region>
      </main>
      {keysSheet}
    </div>
  )
}

/** Nothing can be shown yet. Transient errors are retried automatically, and the page continues as soon as it can. */
function NotStarted({ error }: { error: Error }) {
  const { refetch } = useMe()
  usePageTitle(t(words.notStarted))
  return (
    <main className="flex h-dvh flex-col">
      <ConnectionBanner />
      <Problem
        title={t(words.notStarted)}
        detail={isTransient(error) ? awayAndRetried(error) : errorMessage(error)}
        requestId={requestIdOf(error)}
      >
        <Button onClick={refetch}>{t(tryAgain)}</Button>
      </Problem>
    </main>
  )
}

function usePagesPreloaded(): void {
  const isFirstViewShown = useFirstViewShown()
  useEffect(() => {
    if (isFirstViewShown) preloadPages()
  }, [isFirstViewShown])
}
