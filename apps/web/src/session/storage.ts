const PREFIX = 'conclave.'
const TRIED = `${PREFIX}silent-sign-in`
const RETURN_TO = `${PREFIX}return-to`
const SIGN_IN_NEXT = `${PREFIX}sign-in-next`

/** pusher-js remembers here which transport worked last. */
const PUSHER_PREFIX = 'pusherTransport'

/** Removes everything of ours from this browser: drafts, marks, preferences, and what our libraries noted. */
export function forgetEverything(): void {
  for (const storage of [sessionStorage, localStorage]) {
    for (const key of Object.keys(storage)) {
      if (key.startsWith(PREFIX) || key.startsWith(PUSHER_PREFIX)) storage.removeItem(key)
    }
  }
}

/** The tenant ends its own session first, then this page asks for a new one. */
export function rememberToSignIn(): void {
  sessionStorage.setItem(SIGN_IN_NEXT, 'yes')
}

export function wantsToSignIn(): boolean {
  return sessionStorage.getItem(SIGN_IN_NEXT) !== null
}

export function forgetToSignIn(): void {
  sessionStorage.removeItem(SIGN_IN_NEXT)
}

/** One silent redirect between two sign-ins: a second would loop for ever. */
export function maySignInSilently(): boolean {
  return sessionStorage.getItem(TRIED) === null
}

export function rememberSilentSignIn(returnTo: string): void {
  sessionStorage.setItem(TRIED, 'yes')
  sessionStorage.setItem(RETURN_TO, returnTo)
}

export function forgetSilentSignIn(): void {
  sessionStorage.removeItem(TRIED)
  sessionStorage.removeItem(RETURN_TO)
}

/** Where a silent sign-in that failed was to come back to. */
export function silentReturnTo(): string {
  return sessionStorage.getItem(RETURN_TO) ?? '/'
}

/** The SDK's mark that somebody signed in here lately; without it there is nothing to restore. */
export function hadSession(clientId: string): boolean {
  return document.cookie.includes(`auth0.${clientId}.is.authenticated`)
}
