import { ProblemError } from '@conclave/shared/client'

/** What is known of the api: it answers, nothing comes back, or no token can be got to ask it with. */
export type ApiState = 'answers' | 'silent' | 'no-token'

export interface Health {
  state: () => ApiState
  /** When the api was last heard, by the clock. */
  heardAt: () => number
  /** What became of a call. */
  tell: (outcome: ApiState) => void
  /** Asks whether it is there, without a token: whether it is ready if it was not, else only whether it lives. */
  ask: () => Promise<void>
  subscribe: (listener: () => void) => () => void
}

/** No token came, so the api was not even asked. */
export class NoTokenError extends Error {
  override readonly name = 'NoTokenError'
}

/** Keeps what every call and every question finds out about the api, so that the screen can say which server is away. */
export function createHealth(options: {
  now: () => number
  /** Whether the api answers at one of its two paths for this. */
  answers: (path: '/livez' | '/readyz') => Promise<boolean>
}): Health {
  const { now, answers } = options
  const listeners = new Set<() => void>()
  let state: ApiState = 'answers'
  let heardAt = now()

  function tell(outcome: ApiState): void {
    if (outcome === 'answers') heardAt = now()
    if (outcome === state) return
    state = outcome
    for (const listener of listeners) listener()
  }

  async function ask(): Promise<void> {
    const isThere = await answers(state === 'answers' ? '/livez' : '/readyz').catch(() => false)
    tell(isThere ? 'answers' : 'silent')
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
