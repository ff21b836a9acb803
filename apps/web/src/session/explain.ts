import { BLOCKED, codeOf, ENDED, isBlocked, OVER, UNREACHABLE } from './session-problem.ts'
import type { SessionProblem } from './session.ts'
import { t } from '../words/say.ts'

/** When the explanation cannot be loaded, these codes still mean a refusal and not the network. */
const REFUSED = new Set(['access_denied', 'unauthorized'])

/** What a failed sign-in means. The explanations are loaded only when needed, which is seldom. */
export async function explainSignIn(error: unknown): Promise<SessionProblem> {
  try {
    return (await import('./sign-in-problem.ts')).signInProblem(error)
  } catch {
    return UNREACHABLE
  }
}

/** What a failed renewal means; undefined when it was only the network, so that a retry may help. */
export async function explainRenewal(error: unknown): Promise<SessionProblem | undefined> {
  const isNetwork = codeOf(error) === '' && !(error instanceof Error && /claim/.test(error.message))
  if (isNetwork) return undefined
  // These need no explanation loaded, which a release may have removed while this tab was open.
  if (isBlocked(error)) return BLOCKED
  if (OVER.has(codeOf(error))) return ENDED
  try {
    return (await import('./sign-in-problem.ts')).renewalProblem(error)
  } catch {
    return REFUSED.has(codeOf(error)) ? ENDED : undefined
  }
}

/** To the console, for the operator who looks into it. */
export function logForOperator({ title, said }: SessionProblem): void {
  if (said) console.error(`${t(title)}. The tenant said: ${said.text}. ${t(said.operator)}`)
}
