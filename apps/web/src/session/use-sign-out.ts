import type { useAuth0 } from '@auth0/auth0-react'
import { endSessions } from '@conclave/shared/sessions'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import type { Call } from '../server/call.ts'
import { endThisSession } from './end-session.ts'
import { onSignedOutElsewhere, tellOtherTabs } from './other-tabs.ts'
import { forgetsEverything, SIGNED_OUT } from './session-problem.ts'
import type { SessionProblem } from './session.ts'
import { forgetEverything } from './storage.ts'

/** Every way to sign out; each removes everything of this person from this browser. */
export function useSignOut(options: {
  auth0: ReturnType<typeof useAuth0>
  /** Who is signed in, or was until the session ended. */
  subject: string | undefined
  call: Call
  ended: SessionProblem | undefined
  end: (problem: SessionProblem) => void
  setLeaving: (leaving: boolean) => void
}) {
  const { auth0, subject, call, ended, end, setLeaving } = options
  const { logout } = auth0
  const queryClient = useQueryClient()
  const [isOver, setIsOver] = useState(false)

  useEffect(() => {
    if (!forgetsEverything(ended)) return
    queryClient.clear()
    forgetEverything(subject)
    void logout({ openUrl: false })
  }, [ended, subject, queryClient, logout])

  useEffect(() => {
    if (subject === undefined) return
    return onSignedOutElsewhere(subject, () => end(SIGNED_OUT))
  }, [subject, end])

  return useMemo(() => {
    function leave(): void {
      queryClient.clear()
      forgetEverything(subject)
      if (subject !== undefined) tellOtherTabs(subject)
      setIsOver(true)
      if (navigator.onLine) return toTenant()
      // Offline the tenant cannot be reached either, so the session ends here only.
      void logout({ openUrl: false }).finally(() => setLeaving(false))
    }

    /** Ends the tenant's own session; the tenant redirects back here. */
    function toTenant(): void {
      setLeaving(true)
      logout({ logoutParams: { returnTo: location.origin } }).catch(() => setLeaving(false))
    }

    return {
      isOver,
      toTenant,
      signOut: () => {
        setLeaving(true)
        void endThisSession(call).then(leave)
      },
      signOutEverywhere: async () => {
        await call(endSessions, {})
        leave()
      },
    }
  }, [call, isOver, logout, queryClient, setLeaving, subject])
}
