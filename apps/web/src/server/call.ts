import { createClient, ProblemError, type Call, type Fetch } from '@conclave/shared/client'
import { createContext, use } from 'react'

export type { Call }

const ANSWER_WITHIN_MS = 15_000

/** The one way to the api; `onProblem` hears of every problem, so that one place ends the session. */
export function createCall(options: {
  apiUrl: string
  getToken: () => Promise<string>
  onProblem: (problem: ProblemError) => void
}): Call {
  const client = createClient({
    baseUrl: options.apiUrl,
    token: options.getToken,
    fetch: fetchWithin,
  })
  return async (endpoint, input) => {
    try {
      return await client(endpoint, input)
    } catch (error) {
      if (error instanceof ProblemError) options.onProblem(error)
      throw error
    }
  }
}

const fetchWithin: Fetch = (url, init) =>
  fetch(url, { ...init, signal: AbortSignal.timeout(ANSWER_WITHIN_MS), credentials: 'omit' })

export const CallContext = createContext<Call | undefined>(undefined)

export function useCall(): Call {
  const call = use(CallContext)
  if (!call) throw new Error('useCall needs a SessionProvider above it')
  return call
}
