import type { Auth0ContextInterface } from '@auth0/auth0-react'
import { useEffect, useRef, useState } from 'react'
import { currentPath, replacePath } from './location.ts'
import { needsForm, signInProblem, UNREACHABLE } from './session-problem.ts'
import type { SessionProblem } from './session.ts'
import {
  forgetSilentSignIn,
  maySignInSilently,
  rememberSilentSignIn,
  silentReturnTo,
} from './storage.ts'

export type Restore =
  | { is: 'loading' }
  | { is: 'signed-out' }
  | { is: 'failed'; problem: SessionProblem }

/**
 * What becomes of a session that the SDK did not restore. A browser that blocks third-party cookies hides the
 * tenant's session from the SDK's iframe; a top-level redirect with `prompt=none` still sees it, and shows no form.
 */
export function useRestore(options: {
  auth0: Auth0ContextInterface
  returning: boolean
  /** Signed out in this page: there is nothing to restore any more. */
  over: boolean
}): Restore {
  const { auth0, returning, over } = options
  const { isLoading, isAuthenticated, error, getAccessTokenSilently, loginWithRedirect } = auth0
  const [maySilently] = useState(() => returning && maySignInSilently())
  const [restore, setRestore] = useState<Restore>({ is: 'loading' })
  const decided = useRef(false)

  useEffect(() => {
    if (isLoading || over) return
    if (isAuthenticated) return forgetSilentSignIn()
    if (decided.current) return
    decided.current = true
    // The tenant sent us back with an error; the address bar must not keep it.
    if (error) return replacePath(needsForm(error) ? silentReturnTo() : '/')
    if (!maySilently) return
    getAccessTokenSilently().then(
      () => setRestore({ is: 'signed-out' }),
      (reason: unknown) => {
        if (!needsForm(reason)) return setRestore({ is: 'failed', problem: UNREACHABLE })
        const returnTo = currentPath()
        rememberSilentSignIn(returnTo)
        loginWithRedirect({
          appState: { returnTo },
          authorizationParams: { prompt: 'none' },
        }).catch(() => setRestore({ is: 'signed-out' }))
      },
    )
  }, [
    isLoading,
    over,
    isAuthenticated,
    error,
    maySilently,
    getAccessTokenSilently,
    loginWithRedirect,
  ])

  if (over) return { is: 'signed-out' }
  if (isLoading) return { is: 'loading' }
  if (error && !needsForm(error)) return { is: 'failed', problem: signInProblem(error) }
  return error || !maySilently ? { is: 'signed-out' } : restore
}
