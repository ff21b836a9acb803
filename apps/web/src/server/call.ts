import { healthOf, NoTokenError, type Health } from '@conclave/client/connection/api-health'
import { createClient, ProblemError, type Call, type Fetch } from '@conclave/shared/client'
import { VERSION_HEADER } from '@conclave/shared/contract-version'
import { createContext, use } from 'react'
import { explained } from './problem-message.ts'

export type { Call }

const TIMEOUT_MS = 15_000
/** A server that hangs refuses nothing. After this long without an answer its health is checked. */
const DOUBT_MS = 3_000
/** A browser takes 64 KiB for all bodies that outlive pages (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch). */
const OUTLIVES_MAX_LENGTH = 1_024

/** Where access tokens come from. */
export interface TokenSource {
  /** A token that is valid for a while. */
  get: () => Promise<string>
  /** A new token in place of one that the api refused; requests refused with the same token share one renewal. */
  renew: (refused: string) => Promise<string>
}

/**
 * The one way to call the api. A refused token is renewed once, because the two clocks may differ. `onProblem` gets
 * every problem that remains, so that one place ends the session.
 */
export function createCall(options: {
  apiUrl: string
  tokens: TokenSource
  health: Health
  /** Receives the api's version from each answer. */
  onVersion: (value: string | null) => void
  onProblem: (problem: ProblemError) => void
}): Call {
  const { apiUrl, tokens, health, onVersion, onProblem } = options

  const callWith = (token: string): Call =>
    createClient({ baseUrl: apiUrl, token: () => Promise.resolve(token), fetch: fetchWithTimeout })

  const fetchWithTimeout: Fetch = async (url, init) => {
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    const keepalive = outlivesPage(init)
    const calledAt = performance.now()
    const doubt = setTimeout(() => void health.doubt(calledAt), DOUBT_MS)
    try {
      const answer = await fetch(url, { ...init, signal, credentials: 'omit', keepalive })
      onVersion(answer.headers.get(VERSION_HEADER))
      return answer
    } finally {
      clearTimeout(doubt)
    }
  }

  const ask: Call = async (endpoint, input) => {
    const token = await tokens.get().catch(noToken)
    try {
      return await callWith(token)(endpoint, input)
    } catch (error) {
      if (!isRefusedToken(error)) throw error
      // The refused request did nothing, so it is safe to repeat.
      return await callWith(await tokens.renew(token).catch(noToken))(endpoint, input)
    }
  }

  return async (endpoint, input) => {
    try {
      const result = await ask(endpoint, input)
      health.report('answers')
      return result
    } catch (error) {
      health.report(healthOf(error))
      if (!(error instanceof ProblemError)) throw error
      onProblem(error)
      throw await explained(error)
    }
  }
}

/** Whether what somebody chose is still carried out if they reload at once. Messages are longer, and kept elsewhere. */
function outlivesPage({ method, body = '' }: { method: string; body?: string }): boolean {
  return method !== 'GET' && body.length <= OUTLIVES_MAX_LENGTH
}

function noToken(cause: unknown): never {
  throw new NoTokenError('There is no access token', { cause })
}

function isRefusedToken(error: unknown): boolean {
  return error instanceof ProblemError && error.slug === 'not-signed-in'
}

export const CallContext = createContext<Call | undefined>(undefined)

export function useCall(): Call {
  const call = use(CallContext)
  if (!call) throw new Error('useCall needs a SessionProvider above it')
  return call
}
