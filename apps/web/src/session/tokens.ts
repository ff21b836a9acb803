import type { TokenSource } from '../server/call.ts'
import type { SessionProblem } from './session.ts'
import { OTHER_PERSON } from './session-problem.ts'
import { explainRenewal } from './explain.ts'

/** The tokens of one person. Never returns a token of anybody else, and asks for none once the session is over. */
export function createTokens(options: {
  /** From the SDK's memory, or with `off` from the tenant. */
  ask: (cacheMode: 'on' | 'off') => Promise<string | undefined>
  /** Whose tokens the SDK has now. */
  subject: () => Promise<string | undefined>
  isOver: () => boolean
  end: (problem: SessionProblem) => void
}): TokenSource {
  const { ask, subject, isOver, end } = options
  let mine: string | undefined
  let latest: string | undefined
  let renewing: Promise<string> | undefined

  async function take(cacheMode: 'on' | 'off'): Promise<string> {
    if (isOver()) throw new Error('The session is over')
    try {
      const token = await ask(cacheMode)
      if (!token) throw new Error('There is no access token')
      await checkSubject()
      latest = token
      return token
    } catch (error) {
      const problem = await explainRenewal(error)
      if (problem) end(problem)
      throw error
    }
  }

  /**
   * Somebody else may have signed in at the tenant in another tab; nothing of this page may be sent under their name.
   */
  async function checkSubject(): Promise<void> {
    const whose = await subject()
    mine ??= whose
    if (whose !== undefined && whose === mine) return
    end(OTHER_PERSON)
    throw new Error('The token is of another person')
  }

  async function renew(refused: string): Promise<string> {
    if (latest !== undefined && latest !== refused) return latest
    renewing ??= take('off').finally(() => (renewing = undefined))
    return renewing
  }

  return { get: async () => renewing ?? take('on'), renew }
}
