import {
  Auth0Provider,
  useAuth0,
  type AppState,
  type AuthorizationParams,
} from '@auth0/auth0-react'
import { useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import type { WebConfig } from '../config.ts'
import { CallContext, createCall } from '../server/call.ts'
import { useHealth } from '../server/health.ts'
import { useVersion } from '../server/version.ts'
import { answerInAddress, dropAnswer } from './answer.ts'
import { createClock } from './clock.ts'
import { keptPlaces } from './kept.ts'
import { currentPath, openInPlace, replacePath } from './location.ts'
import { startOverFromCache } from './page-cache.ts'
import { BLOCKED, ENDED, forgetsEverything, OTHER_PERSON, SIGNED_OUT } from './session-problem.ts'
import { ConfigContext, SessionContext, type Session, type SessionProblem } from './session.ts'
import { explainSignIn, logForOperator } from './explain.ts'
import { forgetToSignIn, mayHaveSession, rememberToSignIn, wantsToSignIn } from './storage.ts'
import { createTokens } from './tokens.ts'
import { useRestore } from './use-restore.ts'
import { useSignOut } from './use-sign-out.ts'

/** A hidden frame that has not answered within this time will not answer. */
const FRAME_TIMEOUT_SECONDS = 15
/** If the page is still here after this time, the browser was stopped on its way. */
const LEAVE_TIMEOUT_MS = 15_000

export function SessionProvider({ config, children }: { config: WebConfig; children: ReactNode }) {
  // Read before the SDK starts, because the SDK removes both.
  const [returning] = useState(() => mayHaveSession(config.auth0.clientId))
  const [answer] = useState(() => answerInAddress(config.auth0.clientId))
  const [clock] = useState(createClock)
  useEffect(() => {
    if (answer === 'foreign') dropAnswer()
  }, [answer])
  useEffect(startOverFromCache, [])
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
      authorizeTimeoutInSeconds={FRAME_TIMEOUT_SECONDS}
      nowProvider={clock}
      skipRedirectCallback={answer !== 'ours'}
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

/** Maps the SDK's many states to the four that the app shows. */
function Bridge(props: { config: WebConfig; returning: boolean; children: ReactNode }) {
  const { config, returning, children } = props
  const auth0 = useAuth0()
  const { isAuthenticated, loginWithRedirect } = auth0
  const subject = useSubject(auth0.user?.sub)
  const [leaving, setLeaving] = useLeaving()
  const [notLeft, setNotLeft] = useState<SessionProblem>()
  const { ended, end, isEnded } = useEnd()
  const call = useApi({ config, auth0, isEnded, end })
  const leave = useSignOut({ auth0, subject, call, ended, end, setLeaving })
  const over = leave.isOver || forgetsEverything(ended)
  const { domain } = config.auth0
  const restore = useRestore({ auth0, domain, returning, over })
  const signsInNext = useSignInNext({ auth0, over, isSignedOut: restore.is === 'signed-out' })

  const problem = ended ?? (isAuthenticated ? undefined : notLeft)
  const state =
    leaving || signsInNext
      ? 'loading'
      : problem
        ? 'failed'
        : stateOf(isAuthenticated && !over, restore)
  const error = problem ?? (restore.is === 'failed' ? restore.problem : undefined)
  const kept = useMemo(() => (subject === undefined ? undefined : keptPlaces(subject)), [subject])

  const leaveToSignIn = useCallback(
    (returnTo = currentPath(), authorizationParams: AuthorizationParams = {}) => {
      setLeaving(true)
      loginWithRedirect({ appState: { returnTo }, authorizationParams }).catch(
        async (reason: unknown) => {
          setNotLeft(await explainSignIn(reason))
          setLeaving(false)
        },
      )
    },
    [loginWithRedirect, setLeaving],
  )
  const session = useMemo<Session>(
    () => ({
      state,
      ...(error ? { error } : {}),
      ...(kept ? { kept } : {}),
      signIn: (returnTo) => {
        // Without the form, the tenant would only return tokens of its current session, which is the other person's.
        if (error === OTHER_PERSON) return leaveToSignIn(returnTo, { prompt: 'login' })
        if (!forgetsEverything(error)) return leaveToSignIn(returnTo)
        // The tenant may still have the session that was ended.
        rememberToSignIn()
        leave.toTenant()
      },
      signUp: (returnTo) => leaveToSignIn(returnTo, { screen_hint: 'signup' }),
      signOut: leave.signOut,
      signOutEverywhere: leave.signOutEverywhere,
    }),
    [state, error, kept, leaveToSignIn, leave],
  )

  return (
    <SessionContext value={session}>
      <CallContext value={call}>{children}</CallContext>
    </SessionContext>
  )
}

/** Who signed in first in this page; the SDK forgets them when the session ends. */
function useSubject(now: string | undefined): string | undefined {
  const [subject, setSubject] = useState(now)
  if (subject === undefined && now !== undefined) setSubject(now)
  return subject ?? now
}

/**
 * Whether this page is on its way to the tenant's. If the browser is stopped on the way, the page goes back to its
 * earlier state.
 */
function useLeaving(): [boolean, (leaving: boolean) => void] {
  const [leaving, setLeaving] = useState(false)
  useEffect(() => {
    if (!leaving) return
    const timer = setTimeout(() => setLeaving(false), LEAVE_TIMEOUT_MS)
    return () => clearTimeout(timer)
  }, [leaving])
  return [leaving, setLeaving]
}

/** Why the session is over. The first reason stays, except that a block or a sign-out elsewhere replaces it. */
function useEnd() {
  const [ended, setEnded] = useState<SessionProblem>()
  // A ref, so that code about to ask for a token knows at once and not only after the next render.
  const latest = useRef<SessionProblem>(undefined)
  const end = useCallback((problem: SessionProblem) => {
    if (problem !== BLOCKED && forgetsEverything(latest.current)) return
    if (latest.current !== undefined && !forgetsEverything(problem)) return
    latest.current = problem
    logForOperator(problem)
    setEnded(problem)
  }, [])
  const isEnded = useCallback(() => latest.current !== undefined, [])
  return { ended, end, isEnded }
}

/** Continues to the sign-in page after the tenant has ended its old session; true until the page is left. */
function useSignInNext(options: {
  auth0: ReturnType<typeof useAuth0>
  over: boolean
  isSignedOut: boolean
}): boolean {
  const { loginWithRedirect } = options.auth0
  const [isWanted, setIsWanted] = useState(wantsToSignIn)
  const isDue = isWanted && options.isSignedOut && !options.over
  useEffect(() => {
    // An earlier run of this effect has already started it.
    if (!isDue || !wantsToSignIn()) return
    forgetToSignIn()
    loginWithRedirect({ appState: { returnTo: currentPath() }, openUrl: openInPlace }).catch(() =>
      setIsWanted(false),
    )
  }, [isDue, loginWithRedirect])
  return isDue
}

/** The way to call the api, and what its refusals mean for the session. */
function useApi(options: {
  config: WebConfig
  auth0: ReturnType<typeof useAuth0>
  isEnded: () => boolean
  end: (problem: SessionProblem) => void
}) {
  const { config, auth0, isEnded, end } = options
  const { getAccessTokenSilently, getIdTokenClaims } = auth0
  const health = useHealth()
  const { hear } = useVersion()
  return useMemo(() => {
    const tokens = createTokens({
      ask: (cacheMode) => getAccessTokenSilently({ cacheMode }),
      subject: async () => (await getIdTokenClaims())?.sub,
      isOver: isEnded,
      end,
    })
    return createCall({
      apiUrl: config.apiUrl,
      tokens,
      health,
      onVersion: hear,
      onProblem: ({ slug }) => {
        if (slug === 'access-removed') end(BLOCKED)
        if (slug === 'signed-out') end(SIGNED_OUT)
        if (slug === 'not-signed-in') end(ENDED)
      },
    })
  }, [config.apiUrl, health, hear, getAccessTokenSilently, getIdTokenClaims, isEnded, end])
}

function stateOf(isAuthenticated: boolean, restore: ReturnType<typeof useRestore>) {
  if (isAuthenticated) return 'signed-in'
  return restore.is
}
