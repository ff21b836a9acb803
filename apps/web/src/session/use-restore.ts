import type { AppState, Auth0ContextInterface } from '@auth0/auth0-react'
import { useEffect, useRef, useState } from 'react'
import { useLate } from '../ui/use-late.ts'
import { currentPath, openInPlace, replacePath } from './location.ts'
import { needsForm, TENANT_AWAY, UNREACHABLE } from './session-problem.ts'
import type { SessionProblem } from './session.ts'
import { explainSignIn, tellOperator } from './explain.ts'
import { countSilentSignIn, forgetSilentSignIns } from './storage.ts'
import { tenantAnswers, untilTenantAnswers } from './tenant-answers.ts'

const BLIP_MS = 2_000

export type Restore =
  | { is: 'loading' }
  | { is: 'signed-out' }
  | { is: 'failed'; problem: SessionProblem }

/**
 * What becomes of a session that the SDK did not restore. A browser that blocks third-party cookies hides the
 * tenant's session from the SDK's iframe; a top-level redirect with `prompt=none` still sees it, and shows no form.
 * It takes the place of this page in the history, so that Back never meets a page that was on its way.
 */
export function useRestore(options: {
  auth0: Auth0ContextInterface
  domain: string
  /** Whether there may be a session to restore. */
  returning: boolean
  /** Signed out in this page: there is nothing to restore any more. */
  over: boolean
}): Restore {
  const { auth0, domain, returning, over } = options
  const { isLoading, isAuthenticated, error, getAccessTokenSilently, loginWithRedirect } = auth0
  const [restore, setRestore] = useState<Restore>({ is: 'loading' })
  const decided = useRef(false)
  const isExpected = returning && !over && !isAuthenticated && (isLoading || !error)
  const isUnanswered = restore.is === 'failed' && restore.problem === UNREACHABLE
  const isAway = useTenantAway({
    domain,
    // A frame that was not answered took its time; whether anybody answers is asked again.
    expected: !isExpected ? 'nothing' : isUnanswered ? 'nevertheless' : 'soon',
  })
  const isLongAway = useLate(isAway && isExpected, BLIP_MS)

  useEffect(() => {
    if (isLoading || over) return
    if (isAuthenticated) return forgetSilentSignIns()
    if (decided.current) return
    decided.current = true
    async function fail(reason: unknown): Promise<void> {
      const problem = await explainSignIn(reason)
      tellOperator(problem)
      setRestore({ is: 'failed', problem })
    }
    if (error) {
      forgetSilentSignIns()
      // The address bar must not keep the answer.
      replacePath(returnToOf(error))
      if (!needsForm(error)) void fail(error)
      return
    }
    if (!returning) return
    getAccessTokenSilently().then(
      () => setRestore({ is: 'signed-out' }),
      (reason: unknown) => {
        if (!needsForm(reason)) return void fail(reason)
        countSilentSignIn()
        loginWithRedirect({
          appState: { returnTo: currentPath() },
          authorizationParams: { prompt: 'none' },
          openUrl: openInPlace,
        }).catch(() => setRestore({ is: 'signed-out' }))
      },
    )
  }, [
    isLoading,
    over,
    isAuthenticated,
    error,
    returning,
    getAccessTokenSilently,
    loginWithRedirect,
  ])

  if (over) return { is: 'signed-out' }
  if (isLongAway) return { is: 'failed', problem: TENANT_AWAY }
  if (isLoading) return { is: 'loading' }
  const isAsked = error ? !needsForm(error) : returning
  return isAsked ? restore : { is: 'signed-out' }
}

/**
 * Whether a session is looked for while the tenant is away. A hidden frame tells so only after its long wait, and cannot
 * be asked sooner, so this page starts over once the tenant is back: there is nothing on it yet that could be lost.
 */
function useTenantAway(options: {
  domain: string
  /** The session; `nevertheless` once the tenant did not answer. */
  expected: 'nothing' | 'soon' | 'nevertheless'
}): boolean {
  const { domain, expected } = options
  const [isAway, setIsAway] = useState(false)
  useEffect(() => {
    if (expected === 'nothing') return
    const stop = new AbortController()
    const { signal } = stop
    async function watch(): Promise<void> {
      if ((await tenantAnswers(domain, signal)) || signal.aborted) return
      setIsAway(true)
      await untilTenantAnswers(domain, signal)
      if (!signal.aborted) location.reload()
    }
    void watch()
    return () => stop.abort()
  }, [domain, expected])
  return isAway
}

/** Where somebody was when the sign-in that failed began; the SDK gives it back with the tenant's answer. */
function returnToOf(error: Error): string {
  const { appState } = error as { appState?: AppState }
  return appState?.returnTo ?? '/'
}
