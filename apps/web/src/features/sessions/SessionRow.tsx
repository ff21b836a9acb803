import type { Session } from '@conclave/shared/sessions'
import { Button } from '../../ui/Button.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { browserName } from './browser-name.ts'

/** One place where I am signed in, with a button to sign out there. */
export function SessionRow(props: { session: Session; isBusy: boolean; onEnd: () => void }) {
  const { session, isBusy, onEnd } = props
  const name = browserName(session.userAgent)
  return (
    <li className="flex items-center gap-x-3 gap-y-2 border-b border-line py-3 last:border-0 max-wide:flex-wrap">
      <div className="grid min-w-0 flex-1">
        <p className="flex min-w-0 items-baseline gap-2">
          <bdi className="written-line font-medium" title={session.userAgent}>
            {name}
          </bdi>
          {session.current && <span className="shrink-0 text-small text-brass">here</span>}
        </p>
        <p className="text-small text-soft">
          Signed in <Moment at={session.createdAt} to="minute" />
          {!session.current && (
            <>
              {' · '}last used <Moment at={session.lastSeenAt} to="minute" />
            </>
          )}
        </p>
      </div>
      <Button
        aria-label={session.current ? 'Sign out here' : `Sign out ${name}`}
        isBusy={isBusy}
        onClick={onEnd}
      >
        {session.current ? 'Sign out here' : 'Sign out'}
      </Button>
    </li>
  )
}
