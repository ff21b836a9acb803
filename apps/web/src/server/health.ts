import { ProblemError } from '@conclave/shared/client'
import { VERSION_HEADER } from '@conclave/shared/contract-version'
import { createContext, use } from 'react'

/** What is known about the api: it answers, it does not answer, or there is no token to call it with. */
export type ApiState = 'answers' | 'silent' | 'no-token'

export interface Health {
  state: () => ApiState
  /** When the api last answered, on `performance.now()`. */
  heardAt: () => number
  /** Reports the result of a call. */
  tell: (outcome: ApiState) => void
  /** Checks the api without a token: with `/readyz` if it was unavailable, else only with `/livez`. */
  ask: () => Promise<void>
  subscribe: (listener: () => void) => () => void
}

const TIMEOUT_MS = 8_000

/** There is no token, so the api was not called. */
export class NoTokenError extends Error {
  override readonly name = 'NoTokenError'
}

/** Keeps what calls and checks show about the api, so that the screen can say which server is unavailable. */
export function createHealth(apiUrl: string, onVersion: (value: string | null) => void): Health {
  const listeners = new Set<() => void>()
  let state: ApiState = 'answers'
  let heardAt = performance.now()

  function tell(outcome: ApiState): void {
    if (outcome === 'answers') heardAt = performance.now()
    if (outcome === state) return
    state = outcome
    for (const listener of listeners) listener()
  }

  async function ask(): Promise<void> {
    const path = state === 'answers' ? '/livez' : '/readyz'
    try {
      const signal = AbortSignal.timeout(TIMEOUT_MS)
      const { ok, status, headers } = await fetch(apiUrl + path, { signal, credentials: 'omit' })
      onVersion(headers.get(VERSION_HEADER))
      // A host without this path answers 404, which counts. An HTML page comes from a proxy, and does not.
      const isPage = ok && headers.get('content-type')?.startsWith('text/html')
      tell(status < 500 && !isPage ? 'answers' : 'silent')
    } catch {
      tell('silent')
    }
  }

  return {
    state: () => state,
    heardAt: () => heardAt,
    tell,
    ask,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** What a failed call says about the api. A proxy's page does not count as an answer. */
export function healthOf(error: unknown): ApiState {
  if (error instanceof NoTokenError) return 'no-token'
  return error instanceof ProblemError && error.slug !== 'unavailable' ? 'answers' : 'silent'
}

export const HealthContext = createContext<Health | undefined>(undefined)

export function useHealth(): Health {
  const health = use(HealthContext)
  if (!health) throw new Error('useHealth needs a HealthContext above it')
  return health
}
