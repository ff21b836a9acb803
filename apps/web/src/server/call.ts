import { healthOf, NoTokenError, type Health } from '@conclave/client/connection/api-health'
import { createClient, ProblemError, type Call, type Fetch } from '@conclave/shared/client'
import { createContext, use } from 'react'

export type { Call }

const ANSWER_WITHIN_MS = 15_000

/** Where access tokens come from. */
export interface TokenSource {
  /** One that is good for a while. */
  get: () => Promise<string>
  /** Another one than this, which the api has refused; the tenant is asked once for all that were refused with it. */
  renew: (refused: string) => Promise<string>
}

/**
 * The one way to the api. A refused token is renewed once: by the clock of one of the two it was good.
 * `onProblem` hears of every problem that is left then, so that one place ends the session.
 */
export function createCall(options: {
  apiUrl: string
  tokens: TokenSource
  health: Health
  onProblem: (problem: ProblemError) => void
}): Call {
  const { apiUrl, tokens, health, onProblem } = options

  const callWith = (token: string): Call =>
    createClient({ baseUrl: apiUrl, token: () => Promise.resolve(token), fetch: fetchWithin })

  const ask: Call = async (endpoint, input) => {
    const token = await tokens.get().catch(noToken)
    try {
      return await callWith(token)(endpoint, input)
    } catch (error) {
      if (!isRefusedToken(error)) throw error
      // Nothing was done with it, so the same can be asked again.
      return await callWith(await tokens.renew(token).catch(noToken))(endpoint, input)
    }
  }

  return async (endpoint, input) => {
    try {
      const result = await ask(endpoint, input)
      health.tell('answers')
      return result
    } catch (error) {
      health.tell(healthOf(error))
      if (error instanceof ProblemError) onProblem(error)
      throw error
    }
  }
}

function noToken(cause: unknown): never {
  throw new NoTokenError('There is no access token', { cause })
}

function isRefusedToken(error: unknown): boolean {
  return error instanceof ProblemError && error.slug === 'not-signed-in'
}

const fetchWithin: Fetch = (url, init) =>
  fetch(url, { ...init, signal: AbortSignal.timeout(ANSWER_WITHIN_MS), credentials: 'omit' })

export const CallContext = createContext<Call | undefined>(undefined)

export function useCall(): Call {
  const call = use(CallContext)
  if (!call) throw new Error('useCall needs a SessionProvider above it')
  return call
}
