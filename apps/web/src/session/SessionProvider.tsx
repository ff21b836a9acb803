import { Auth0Provider, useAuth0, type AppState } from '@auth0/auth0-react'
import { useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useState, type ReactNode } from 'react'
import type { WebConfig } from '../config.ts'
import { CallContext, createCall } from '../server/call.ts'
import { currentPath, replacePath } from './location.ts'
import { BLOCKED, ENDED, forgetsEverything, renewalProblem, SIGNED_OUT } from './session-problem.ts'
import { ConfigContext, SessionContext, type Session, type SessionProblem } from './session.ts'
import { forgetEverything, hadSession } from './storage.ts'
import { useRestore } from './use-restore.ts'

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
  const queryClient = useQueryClient()
  const { isAuthenticated, getAccessTokenSilently, loginWithRedirect, logout } = auth0
  const [ended, setEnded] = useState<SessionProblem>()
  const [leaving, setLeaving] = useState(false)
  const restore = useRestore({ auth0, returning })

  const getToken = useCallback(async () => {
    try {
      const token = await getAccessTokenSilently()
      if (!token) throw new Error('There is no access token')
      return token
    } catch (error) {
      const problem = renewalProblem(error)
      if (problem) setEnded(problem)
      throw error
    }
  }, [getAccessTokenSilently])

  const call = useMemo(
    () =>
      createCall({
        apiUrl: config.apiUrl,
        getToken,
        onProblem: ({ slug }) => {
          if (slug === 'access-removed') setEnded(BLOCKED)
          if (slug === 'signed-out') setEnded((before) => before ?? SIGNED_OUT)
          if (slug === 'not-signed-in') setEnded((before) => before ?? ENDED)
        },
      }),
    [config.apiUrl, getToken],
  )

  const state = leaving ? 'loading' : ended ? 'failed' : stateOf(isAuthenticated, restore)
  const error = ended ?? (restore.is === 'failed' ? restore.problem : undefined)

  useEffect(() => {
    if (!forgetsEverything(ended)) return
    queryClient.clear()
    forgetEverything()
  }, [ended, queryClient])

  const session = useMemo<Session>(() => {
    const leaveToSignIn = (returnTo: string | undefined, screen?: 'signup') => {
      setLeaving(true)
      loginWithRedirect({
        appState: { returnTo: returnTo ?? currentPath() },
        ...(screen ? { authorizationParams: { screen_hint: screen } } : {}),
      }).catch(() => setLeaving(false))
    }
    return {
      state,
      ...(error ? { error } : {}),
      signIn: (returnTo) => leaveToSignIn(returnTo),
      signUp: (returnTo) => leaveToSignIn(returnTo, 'signup'),
      signOut: () => {
        setLeaving(true)
        queryClient.clear()
        forgetEverything()
        logout({ logoutParams: { returnTo: location.origin } }).catch(() => setLeaving(false))
      },
      getToken,
    }
  }, [state, error, getToken, loginWithRedirect, logout, queryClient])

  return (
    <SessionContext value={session}>
      <CallContext value={call}>{children}</CallContext>
    </SessionContext>
  )
}

function stateOf(isAuthenticated: boolean, restore: ReturnType<typeof useRestore>) {
  if (isAuthenticated) return 'signed-in'
  return restore.is
}
