import { isOfAnother, keysOf, OURS } from './kept.ts'

const UNANSWERED = `${OURS}silent-sign-in`
const SIGN_IN_NEXT = `${OURS}sign-in-next`

/** Not of a person but of the browser, for whoever signs in next: `words/chosen-language.ts`. */
const LANGUAGE = `${OURS}language`

/** pusher-js stores here which transport worked last. */
const PUSHER_PREFIX = 'pusherTransport'

const MAX_UNANSWERED = 3

/**
 * Removes everything of ours from this browser: this person's drafts, unsent messages and preferences, our marks, and
 * what our libraries stored. Another person's unsent messages stay, and the language of this browser.
 */
export function forgetEverything(subject: string | undefined): void {
  for (const storage of [sessionStorage, localStorage]) {
    for (const key of keysOf(storage)) {
      if (isOfAnother(key, subject) || key === LANGUAGE) continue
      if (key.startsWith(OURS) || key.startsWith(PUSHER_PREFIX)) storage.removeItem(key)
    }
  }
}

/** The tenant ends its own session first; then this page starts a sign-in. */
export function rememberToSignIn(): void {
  mark(SIGN_IN_NEXT, 'yes')
}

export function wantsToSignIn(): boolean {
  return sessionStorage.getItem(SIGN_IN_NEXT) !== null
}

export function forgetToSignIn(): void {
  sessionStorage.removeItem(SIGN_IN_NEXT)
}

/**
 * Whether to look for a session that the page no longer has: the SDK's cookie says that somebody signed in here lately,
 * or a silent sign-in left this tab and was interrupted. The SDK removes its cookie as soon as a frame did not see the
 * session.
 */
export function mayHaveSession(clientId: string): boolean {
  const unanswered = unansweredSignIns()
  if (unanswered > 0) return unanswered < MAX_UNANSWERED
  return document.cookie.includes(`auth0.${clientId}.is.authenticated`)
}

/** Counted until the tenant answers: a tenant that only redirects back would otherwise cause an endless loop. */
export function countSilentSignIn(): void {
  mark(UNANSWERED, String(unansweredSignIns() + 1))
}

export function forgetSilentSignIns(): void {
  sessionStorage.removeItem(UNANSWERED)
}

function unansweredSignIns(): number {
  return Number(sessionStorage.getItem(UNANSWERED)) || 0
}

/** If the storage has no space, everything continues without the mark. */
function mark(name: string, value: string): void {
  try {
    sessionStorage.setItem(name, value)
  } catch (error) {
    console.error('This browser has no room for a note about signing in.', error)
  }
}
