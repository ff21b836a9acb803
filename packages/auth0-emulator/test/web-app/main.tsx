import {
  type AppState,
  Auth0Provider,
  type Auth0ProviderOptions,
  useAuth0,
} from '@auth0/auth0-react'
import { useEffect } from 'react'
import { createRoot } from 'react-dom/client'

type Auth = ReturnType<typeof useAuth0>
declare global {
  var auth: Auth
}

const MODES: Record<string, Partial<Auth0ProviderOptions>> = {
  memory: { useRefreshTokens: true, useRefreshTokensFallback: true },
  strict: { useRefreshTokens: true },
  frame: {},
  storage: { useRefreshTokens: true, cacheLocation: 'localstorage' },
  json: { useRefreshTokens: true, useRefreshTokensFallback: true, useFormData: false },
}

function App() {
  const auth = useAuth0()
  useEffect(() => {
    globalThis.auth = auth
  }, [auth])
  const { error, isAuthenticated, isLoading, loginWithPopup, loginWithRedirect, logout, user } =
    auth
  const status = isLoading ? 'loading' : isAuthenticated ? 'signed in' : 'signed out'
  const appState: AppState = { returnTo: `/rooms/general${location.search}` }
  return (
    <>
      <output aria-label="status">{status}</output>
      <output aria-label="email">{user?.email}</output>
      <output aria-label="error">{error?.message}</output>
      <button onClick={() => void loginWithRedirect({ appState })}>Sign in</button>
      <button
        onClick={() =>
          void loginWithRedirect({ appState, authorizationParams: { screen_hint: 'signup' } })
        }
      >
        Create account
      </button>
      <button onClick={() => void loginWithPopup()}>Sign in by popup</button>
      <button onClick={() => void logout({ logoutParams: { returnTo: location.origin } })}>
        Sign out
      </button>
    </>
  )
}

const settings: unknown = JSON.parse(document.querySelector('#settings')?.textContent ?? '')
const { domain, clientId, audience } = settings as Record<string, string>
// Kept through the round trip: the callback's address has only code and state.
const mode =
  new URLSearchParams(location.search).get('mode') ?? sessionStorage.getItem('mode') ?? ''
sessionStorage.setItem('mode', mode)

createRoot(document.querySelector('#root') ?? document.body).render(
  <Auth0Provider
    domain={domain ?? ''}
    clientId={clientId ?? ''}
    {...MODES[mode]}
    onRedirectCallback={(appState) => history.replaceState({}, '', appState?.returnTo ?? '/')}
    authorizationParams={{
      redirect_uri: location.origin,
      audience: audience ?? '',
      scope: 'openid profile email rooms:read rooms:open',
    }}
  >
    <App />
  </Auth0Provider>,
)
