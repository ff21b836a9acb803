import type { AppState, Auth0ContextInterface } from '@auth0/auth0-react'
import { useEffect, useRef, useState } from 'react'
import { useLate } from '../ui/use-late.ts'
import { currentPath, openInPlace, replacePath } from './location.ts'
import { needsForm, TENANT_AWAY, UNREACHABLE } from './session-problem.ts'
import type { SessionProblem } from './session.ts'
import { explainSignIn, logForOperator } from './explain.ts'
import { countSilentSignIn, forgetSilentSignIns } from './storage.ts'
import { tenantAnswers, untilTenantAnswers } from './tenant-answers.ts'

const BLIP_MS = 2_000

export type Restore =
  | { is: 'loading' }
  | { is: 'signed-out' }
  | { is: 'failed'; problem: SessionProblem }

/**
 * Restores a session that the SDK did not. A browser that blocks third-party cookies hides the tenant's session from
 * the SDK's iframe; a top-level redirect with `prompt=none` still sees it, and shows no form. The redirect replaces
 * this page in the history, so that Back never leads to a page that was on its way.
 */
export function useRestore(options: {
  auth0: Auth0ContextInterface
  domain: string
  /** Whether there may be a session to restore. */
  returning: boolean
  /** Signed out in this page, so there is nothing left to restore. */
  over: boolean
}): Restore {
  const { auth0, domain, returning, over } = options
  const { isLoading, isAuthenticated, error } = auth0
  const restore = useSilentSignIn(options)
  const isExpected = returning && !over && !isAuthenticated && (isLoading || !error)
  const isUnanswered = restore.is === 'failed' && restore.problem === UNREACHABLE
  const isAway = useTenantAway({
    domain,
    // The frame got no answer after its long wait, so ask again whether the tenant answers at all.
    expected: !isExpected ? 'nothing' : isUnanswered ? 'nevertheless' : 'soon',
  })
  const isLongAway = useLate(isAway && isExpected, BLIP_MS)

  if (over) return { is: 'signed-out' }
  if (isLongAway) return { is: 'failed', problem: TENANT_AWAY }
  if (isLoading) return { is: 'loading' }
  const isAsked = error ? !needsForm(error) : returning
  return isAsked ? restore : { is: 'signed-out' }
}

/** Asks the tenant once, without showing a form: in the SDK's frame, then, where that does not see it, by a redirect. */
function useSilentSignIn(options: {
  auth0: Auth0ContextInterface
  returning: boolean
  over: boolean
}): Restore {
  const { auth0, returning, over } = options
  const { isLoading, isAuthenticated, error, getAccessTokenSilently, loginWithRedirect } = auth0
  const [restore, setRestore] = useState<Restore>({ is: 'loading' })
  const decided = useRef(false)

  useEffect(() => {
    if (isLoading || over) return
    if (isAuthenticated) return forgetSilentSignIns()
    if (decided.current) return
    decided.current = true
    async function fail(reason: unknown): Promise<void> {
      const problem = await explainSignIn(reason)
      logForOperator(problem)
      setRestore({ is: 'failed', problem })
    }
    if (error) {
      forgetSilentSignIns()
      // The answer must not stay in the address bar.
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
  return restore
}

/**
 * Whether the tenant is away while a session is expected. The hidden frame reports this only after its long wait, and
 * cannot be asked sooner. So the page reloads once the tenant is back: there is nothing on it yet that could be lost.
 */
function useTenantAway(options: {
  domain: string
  /** Whether a session is expected; `nevertheless` once the tenant did not answer. */
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

/** The page from which the failed sign-in began; the SDK returns it with the tenant's answer. */
function returnToOf(error: Error): string {
  const { appState } = error as { appState?: AppState }
  return appState?.returnTo ?? '/'
}
