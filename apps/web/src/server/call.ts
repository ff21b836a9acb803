import { createClient, ProblemError, type Call, type Fetch } from '@conclave/shared/client'
import { createContext, use } from 'react'
import { healthOf, NoTokenError, type Health } from './health.ts'

export type { Call }

const ANSWER_WITHIN_MS = 15_000

/** The one way to the api; `onProblem` hears of every problem, so that one place ends the session. */
export function createCall(options: {
  apiUrl: string
  getToken: () => Promise<string>
  health: Health
  onProblem: (problem: ProblemError) => void
}): Call {
  const client = createClient({
    baseUrl: options.apiUrl,
    token: () => options.getToken().catch(noToken),
    fetch: fetchWithin,
  })
  return async (endpoint, input) => {
    try {
      const result = await client(endpoint, input)
      options.health.tell('answers')
      return result
    } catch (error) {
      options.health.tell(healthOf(error))
      if (error instanceof ProblemError) options.onProblem(error)
      throw error
    }
  }
}

function noToken(cause: unknown): never {
  throw new NoTokenError('There is no access token', { cause })
}

const fetchWithin: Fetch = (url, init) =>
  fetch(url, { ...init, signal: AbortSignal.timeout(ANSWER_WITHIN_MS), credentials: 'omit' })

export const CallContext = createContext<Call | undefined>(undefined)

export function useCall(): Call {
  const call = use(CallContext)
  if (!call) throw new Error('useCall needs a SessionProvider above it')
  return call
}
