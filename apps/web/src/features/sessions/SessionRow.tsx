import type { Session } from '@conclave/shared/sessions'
import { Button } from '../../ui/Button.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { browserName } from './browser-name.ts'
import * as words from '../../words/en/sessions.en.ts'
import { signOut } from '../../words/en/sign-in.en.ts'
import { rich, t } from '../../words/say.ts'

/** One place where I am signed in, with a button to sign out there. */
export function SessionRow(props: { session: Session; isBusy: boolean; onEnd: () => void }) {
  const { session, isBusy, onEnd } = props
  const name = browserName(session.userAgent)
  const when = <Moment at={session.createdAt} to="minute" />
  return (
    <li className="flex items-center gap-x-3 gap-y-2 border-b border-line py-3 last:border-0 max-wide:flex-wrap">
      <div className="grid min-w-0 flex-1">
        <p className="flex min-w-0 items-baseline gap-2">
          <bdi className="written-line font-medium" title={session.userAgent}>
            {name}
          </bdi>
          {session.current && (
            <span className="shrink-0 text-small text-brass">{t(words.here)}</span>
          )}
        </p>
        <p className="text-small text-soft">
          {session.current
            ? rich(words.signedInAt, { when })
            : rich(words.signedInUsedAt, {
                when,
                used: <Moment at={session.lastSeenAt} to="minute" />,
              })}
        </p>
      </div>
      <Button
        aria-label={session.current ? t(words.signOutHere) : t(words.signOutOf, { browser: name })}
        isBusy={isBusy}
        onClick={onEnd}
      >
        {t(session.current ? words.signOutHere : signOut)}
      </Button>
    </li>
  )
}
