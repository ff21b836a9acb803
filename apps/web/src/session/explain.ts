import { BLOCKED, codeOf, ENDED, isBlocked, OVER, UNREACHABLE } from './session-problem.ts'
import type { SessionProblem } from './session.ts'

/** Where the words for it are gone, these are still not the network. */
const REFUSED = new Set(['access_denied', 'unauthorized'])

/** What a failed sign-in means. The words for it are loaded when they are needed, which is seldom. */
export async function explainSignIn(error: unknown): Promise<SessionProblem> {
  try {
    return (await import('./sign-in-problem.ts')).signInProblem(error)
  } catch {
    return UNREACHABLE
  }
}

/** What a failed renewal means; undefined when it was only the network, and trying again may help. */
export async function explainRenewal(error: unknown): Promise<SessionProblem | undefined> {
  const isNetwork = codeOf(error) === '' && !(error instanceof Error && /claim/.test(error.message))
  if (isNetwork) return undefined
  // These are known without the words, which a release may have taken away from under an old tab.
  if (isBlocked(error)) return BLOCKED
  if (OVER.has(codeOf(error))) return ENDED
  try {
    return (await import('./sign-in-problem.ts')).renewalProblem(error)
  } catch {
    return REFUSED.has(codeOf(error)) ? ENDED : undefined
  }
}

/** In the console, for whoever is asked why it does not work. */
export function tellOperator({ title, said }: SessionProblem): void {
  if (said) console.error(`${title}. The tenant said: ${said.text}. ${said.operator}`)
}
