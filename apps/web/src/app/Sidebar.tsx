import type { Me } from '@conclave/shared/people'
import { Search } from 'lucide-react'
import { Suspense } from 'react'
import { Link, useMatch } from 'react-router'
import { useUpdateStatus } from '../features/people/people.queries.ts'
import { SUMMARY_LOOK, StatusSummary } from '../features/people/StatusSummary.tsx'
import { RoomList } from '../features/rooms/RoomList.tsx'
import { useConnection } from '../realtime/RealtimeProvider.tsx'
import { useFirstViewShown } from '../server/first-view.ts'
import { errorMessage } from '../server/problem-message.ts'
import { useSession } from '../session/session.ts'
import { Mark } from '../ui/Mark.tsx'
import { useNotice } from '../ui/Notice.tsx'
import { later } from './later.ts'
import { paths, ROUTES } from './paths.ts'
import * as words from '../words/en/app.en.ts'
import { t } from '../words/say.ts'

// The messages load first; the menu follows before it is needed.
const StatusMenu = later(async () => (await import('../features/people/StatusMenu.tsx')).StatusMenu)

export function Sidebar({ me, className }: { me: Me; className: string }) {
  const { signOut } = useSession()
  const openId = useMatch(ROUTES.inRoom)?.params.roomId
  const { refresh } = useConnection()
  const { mutate } = useUpdateStatus()
  const isFirstViewShown = useFirstViewShown()
  const notify = useNotice()
  const fail = (error: unknown) => notify(errorMessage(error))
  const summary = (
    <div className={SUMMARY_LOOK}>
      <StatusSummary me={me} />
    </div>
  )
  return (
    <div className={`flex min-h-0 flex-col border-line bg-sunken wide:border-e ${className}`}>
      <div className="flex h-14 shrink-0 items-center pe-2">
        <Link
          to={paths.rooms}
          className="flex h-full flex-1 items-center gap-2.5 px-5 font-semibold tracking-tight -outline-offset-4"
        >
          <Mark />
          Conclave
        </Link>
        <Link
          to={paths.search}
          aria-label={t(words.searchMessages)}
          title={t(words.searchMessagesBy)}
          className="inline-flex size-9 items-center justify-center rounded-control text-soft hover:bg-hover hover:text-ink touch:size-11"
        >
          <Search className="size-4" aria-hidden="true" />
        </Link>
      </div>
      <RoomList pathOf={paths.room} browsePath={paths.browse} openId={openId} />
      <div className="shrink-0 border-t border-line p-2 pb-[max(0.5rem,env(safe-area-inset-bottom))]">
        <Suspense fallback={summary}>
          {isFirstViewShown ? (
            <StatusMenu
              me={me}
              peoplePath={paths.people}
              sessionsPath={paths.sessions}
              workspacePath={paths.workspace}
              onStatus={(status) => mutate(status, { onError: fail })}
              onRefresh={() => void refresh().then(() => notify(t(words.upToDate)), fail)}
              onSignOut={signOut}
            />
          ) : (
            summary
          )}
        </Suspense>
      </div>
    </div>
  )
}
