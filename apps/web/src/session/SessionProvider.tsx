import { Auth0Provider, useAuth0, type AppState } from '@auth0/auth0-react'
import { useCallback, useEffect, useMemo, useState, type ReactNode } from 'react'
import type { WebConfig } from '../config.ts'
import { CallContext, createCall } from '../server/call.ts'
import { currentPath, replacePath } from './location.ts'
import { useHealth } from '../server/health.ts'
import { BLOCKED, ENDED, forgetsEverything, renewalProblem, SIGNED_OUT } from './session-problem.ts'
import { ConfigContext, SessionContext, type Session, type SessionProblem } from './session.ts'
import { forgetToSignIn, hadSession, rememberToSignIn, wantsToSignIn } from './storage.ts'
import { useRestore } from './use-restore.ts'
import { useSignOut } from './use-sign-out.ts'

export function SessionProvider({ config, children }: { config: WebConfig; children: ReactNode }) {
  // Read before the SDK starts, which removes the mark when it cannot restore the session.
  const [returning] = useState(() => hadSession(config.auth0.clientId))
  return (
    <Auth0Provider
      domain={config.auth0.domain}
      clientId={config.auth0.clientId}
      authorizationParams={{
        redirect_uri: location.origin,
        audience: config.auth0.audience,
        scope: 'openid profile email offline_access',
      }}
      useRefreshTokens
      useRefreshTokensFallback
      cacheLocation="memory"
      workerUrl="/auth0-worker.js"
      onRedirectCallback={returnToPage}
    >
      <ConfigContext value={config}>
        <Bridge config={config} returning={returning}>
          {children}
        </Bridge>
      </ConfigContext>
    </Auth0Provider>
  )
}

function returnToPage(appState?: AppState): void {
  replacePath(appState?.returnTo ?? '/')
}

/** Turns the SDK's many states into the four that the app shows. */
function Bridge(props: { config: WebConfig; returning: boolean; children: ReactNode }) {
  const { config, returning, children } = props
  const auth0 = useAuth0()
  const { isAuthenticated, loginWithRedirect } = auth0
  const [ended, setEnded] = useState<SessionProblem>()
  const [leaving, setLeaving] = useState(false)
  const { call, getToken } = useApi({ config, auth0, ended, setEnded })
  const leave = useSignOut({ auth0, call, ended, setEnded, setLeaving })
  const over = leave.isOver || forgetsEverything(ended)
  const restore = useRestore({ auth0, returning, over })
  const signsInNext = useSignInNext({ auth0, over, isSignedOut: restore.is === 'signed-out' })

  const state =
    leaving || signsInNext
      ? 'loading'
      : ended
        ? 'failed'
        : stateOf(isAuthenticated && !over, restore)
  const error = ended ?? (restore.is === 'failed' ? restore.problem : undefined)

  const leaveToSignIn = useCallback(
    (returnTo = currentPath(), screen?: 'signup') => {
      setLeaving(true)
      loginWithRedirect({
        appState: { returnTo },
        ...(screen ? { authorizationParams: { screen_hint: screen } } : {}),
      }).catch(() => setLeaving(false))
    },
    [loginWithRedirect],
  )
  const session = useMemo<Session>(
    () => ({
      state,
      ...(error ? { error } : {}),
      signIn: (returnTo) => {
        if (!forgetsEverything(error)) return leaveToSignIn(returnTo)
        // The tenant may still hold the session that was ended, and would only hand it out again.
        rememberToSignIn()
        leave.toTenant()
      },
      signUp: (returnTo) => leaveToSignIn(returnTo, 'signup'),
      signOut: leave.signOut,
      signOutEverywhere: leave.signOutEverywhere,
      getToken,
    }),
    [state, error, getToken, leaveToSignIn, leave],
  )

  return (
    <SessionContext value={session}>
      <CallContext value={call}>{children}</CallContext>
    </SessionContext>
  )
}

/** Goes on to sign in where the tenant was first asked to end what it held; true until the page is left. */
function useSignInNext(options: {
  auth0: ReturnType<typeof useAuth0>
  over: boolean
  isSignedOut: boolean
}): boolean {
  const { loginWithRedirect } = options.auth0
  const [isWanted, setIsWanted] = useState(wantsToSignIn)
  const isDue = isWanted && options.isSignedOut && !options.over
  useEffect(() => {
    // Another run of this has begun it.
    if (!isDue || !wantsToSignIn()) return
    forgetToSignIn()
    loginWithRedirect({ appState: { returnTo: currentPath() } }).catch(() => setIsWanted(false))
  }, [isDue, loginWithRedirect])
  return isDue
}

/** The way to the api, and what its refusals mean for the session. */
function useApi(options: {
  config: WebConfig
  auth0: ReturnType<typeof useAuth0>
  ended: SessionProblem | undefined
  setEnded: (change: (before?: SessionProblem) => SessionProblem) => void
}) {
  const { config, auth0, ended, setEnded } = options
  const { getAccessTokenSilently } = auth0
  const isOver = forgetsEverything(ended)
  const health = useHealth()

  const getToken = useCallback(async () => {
    // The tenant might give another one to a page that has been told to let go.
    if (isOver) throw new Error('The session is over')
    try {
      const token = await getAccessTokenSilently()
      if (!token) throw new Error('There is no access token')
      return token
    } catch (error) {
      const problem = renewalProblem(error)
      if (problem) setEnded((before) => (forgetsEverything(before) ? before : problem))
      throw error
    }
  }, [getAccessTokenSilently, isOver, setEnded])

  const call = useMemo(
    () =>
      createCall({
        apiUrl: config.apiUrl,
        getToken,
        health,
        onProblem: ({ slug }) => {
          if (slug === 'access-removed') setEnded(() => BLOCKED)
          if (slug === 'signed-out')
            setEnded((before) => (forgetsEverything(before) ? before : SIGNED_OUT))
          if (slug === 'not-signed-in') setEnded((before) => before ?? ENDED)
        },
      }),
    [config.apiUrl, getToken, health, setEnded],
  )
  return { call, getToken }
}

function stateOf(isAuthenticated: boolean, restore: ReturnType<typeof useRestore>) {
  if (isAuthenticated) return 'signed-in'
  return restore.is
}
