import { ProblemError } from '@conclave/shared/client'
import { VERSION_HEADER } from '@conclave/shared/contract-version'
import { createContext, use } from 'react'

/** What is known of the api: it answers, nothing comes back, or no token can be got to ask it with. */
export type ApiState = 'answers' | 'silent' | 'no-token'

export interface Health {
  state: () => ApiState
  /** When the api was last heard, on `performance.now()`. */
  heardAt: () => number
  /** What became of a call. */
  tell: (outcome: ApiState) => void
  /** Asks whether it is there, without a token: whether it is ready if it was not, else only whether it lives. */
  ask: () => Promise<void>
  subscribe: (listener: () => void) => () => void
}

const ANSWER_WITHIN_MS = 8_000

/** No token came, so the api was not even asked. */
export class NoTokenError extends Error {
  override readonly name = 'NoTokenError'
}

/** Keeps what every call and every question finds out about the api, so that the screen can say which server is away. */
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
      const signal = AbortSignal.timeout(ANSWER_WITHIN_MS)
      const { ok, status, headers } = await fetch(apiUrl + path, { signal, credentials: 'omit' })
      onVersion(headers.get(VERSION_HEADER))
      // A host that shows no such path answers all the same; a page in its place is a proxy's.
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

/** What a failed call says of the api. A proxy's page is not an answer of it. */
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
