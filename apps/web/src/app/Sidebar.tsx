import type { Me } from '@conclave/shared/people'
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
import { upToDate } from '../words/en/app.en.ts'
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
      <Link
        to={paths.rooms}
        className="flex h-14 shrink-0 items-center gap-2.5 px-5 font-semibold tracking-tight -outline-offset-4"
      >
        <Mark />
        Conclave
      </Link>
      <RoomList pathOf={paths.room} browsePath={paths.browse} openId={openId} />
      <div className="shrink-0 border-t border-line p-2 pb-[max(0.5rem,env(safe-area-inset-bottom))]">
        <Suspense fallback={summary}>
          {isFirstViewShown ? (
            <StatusMenu
              me={me}
              peoplePath={paths.people}
              sessionsPath={paths.sessions}
              onStatus={(status) => mutate(status, { onError: fail })}
              onRefresh={() => void refresh().then(() => notify(t(upToDate)), fail)}
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
