import type { Session } from '@conclave/shared/sessions'
import { useRef, useState } from 'react'
import { useEndSession, useSessions } from '../features/sessions/sessions.queries.ts'
import { SessionRow } from '../features/sessions/SessionRow.tsx'
import { errorMessage } from '../server/problem-message.ts'
import { useKept, useSession } from '../session/session.ts'
import { Button } from '../ui/Button.tsx'
import { SignOutDialog } from '../features/sessions/SignOutDialog.tsx'
import { countWaiting } from '../features/messages/waiting.ts'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { useNotice } from '../ui/Notice.tsx'
import { Problem } from '../ui/Problem.tsx'
import { RowsSkeleton } from '../ui/RowsSkeleton.tsx'
import { useLate } from '../ui/use-late.ts'
import { Page } from './Page.tsx'
import { requestIdOf } from './request-id.ts'
import { tryAgain } from '../words/en/common.en.ts'
import * as words from '../words/en/sessions.en.ts'
import { unsent as unsentMessages } from '../words/en/sign-out.en.ts'
import { t } from '../words/say.ts'

const SLOW_MS = 1000

/** Where I am signed in, to sign out here, in another place, or everywhere. */
export function SessionsPage() {
  const { sessions, error } = useSessions()
  const isLoading = !sessions && !error
  const isSlow = useLate(isLoading, SLOW_MS)
  return (
    <Page title={t(words.whereSignedIn)}>
      <Places />
      {/* A list that arrives later would push this button away from the pointer; a slow list does not delay it. */}
      {(!isLoading || isSlow) && <Everywhere />}
    </Page>
  )
}

function Places() {
  const { sessions, error, refetch } = useSessions()
  if (!sessions && error) {
    return (
      <Problem
        title={t(words.sessionsNotLoaded)}
        detail={errorMessage(error)}
        requestId={requestIdOf(error)}
      >
        <Button onClick={refetch}>{t(tryAgain)}</Button>
      </Problem>
    )
  }
  if (!sessions) return <RowsSkeleton label={t(words.loadingSessions)} />
  if (sessions.length === 0) {
    return <p className="py-3 text-soft">{t(words.noSessions)}</p>
  }
  return <SessionList sessions={sessions} />
}

function SessionList({ sessions }: { sessions: readonly Session[] }) {
  const { mutate: end, isPending, variables } = useEndSession()
  const { signOut } = useSession()
  const { browser } = useKept()
  const [unsent, setUnsent] = useState(0)
  const notify = useNotice()
  const list = useRef<HTMLUListElement>(null)

  function endHere(): void {
    const count = countWaiting(browser)
    if (count === 0) signOut()
    else setUnsent(count)
  }

  function endElsewhere(sessionId: string): void {
    end(sessionId, {
      onSuccess: () => {
        // Its row disappears, and the focus would disappear with it.
        if (list.current?.contains(document.activeElement)) list.current.focus()
        notify(t(words.signedOutThere))
      },
      onError: (refusal) => notify(errorMessage(refusal)),
    })
  }

  return (
    <ul ref={list} tabIndex={-1} aria-label={t(words.places)}>
      {sessions.map((session) => (
        <SessionRow
          key={session.id}
          session={session}
          isBusy={isPending && variables === session.id}
          onEnd={() => (session.current ? endHere() : endElsewhere(session.id))}
        />
      ))}
      {unsent > 0 && <SignOutDialog unsent={unsent} onClosed={() => setUnsent(0)} />}
    </ul>
  )
}

function Everywhere() {
  const { signOutEverywhere } = useSession()
  const { browser } = useKept()
  const [isAsked, setIsAsked] = useState(false)
  const unsent = isAsked ? countWaiting(browser) : 0
  const opener = useRef<HTMLButtonElement>(null)
  return (
    <div className="mt-4 border-t border-line pt-4">
      <Button ref={opener} onClick={() => setIsAsked(true)}>
        {t(words.everywhere)}
      </Button>
      {isAsked && (
        <ConfirmDialog
          title={t(words.everywhereTitle)}
          action={t(words.everywhereAction)}
          onConfirm={signOutEverywhere}
          reasonOf={errorMessage}
          onClosed={() => setIsAsked(false)}
          focusAfter={() => opener.current}
        >
          <p>{t(words.everywhereDetail)}</p>
          {unsent > 0 && <p className="mt-2">{t(unsentMessages, { count: unsent })}</p>}
        </ConfirmDialog>
      )}
    </div>
  )
}
