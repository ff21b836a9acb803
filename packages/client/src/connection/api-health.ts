import { ProblemError } from '@conclave/shared/client'

/** What is known of the api: it answers, nothing comes back, or there is no access token to call it with. */
export type ApiState = 'answers' | 'silent' | 'no-token'

export interface Health {
  state: () => ApiState
  /** When the api last answered, by the clock. */
  answeredAt: () => number
  /** Records the outcome of a call. */
  report: (outcome: ApiState) => void
  /** Asks `/readyz` if the api last did not answer, else `/livez`; neither needs a token. */
  check: () => Promise<void>
  /** A call has had no answer for long: asks `/readyz`, unless another call was answered meanwhile. */
  doubt: (calledAt: number) => Promise<void>
  subscribe: (listener: () => void) => () => void
}

/** There was no access token, so the api was not called. */
export class NoTokenError extends Error {
  override readonly name = 'NoTokenError'
}

/** Keeps what calls and health checks find out about the api, so that the screen can say which server is down. */
export function createHealth(options: {
  now: () => number
  /** Whether the api answers at one of its health paths. */
  answers: (path: '/livez' | '/readyz') => Promise<boolean>
}): Health {
  const { now, answers } = options
  const listeners = new Set<() => void>()
  let state: ApiState = 'answers'
  let answeredAt = now()
  let doubting: Promise<void> | undefined

  function report(outcome: ApiState): void {
    if (outcome === 'answers') answeredAt = now()
    if (outcome === state) return
    state = outcome
    for (const listener of listeners) listener()
  }

  async function ask(path: '/livez' | '/readyz'): Promise<void> {
    const askedAt = now()
    const isUp = await answers(path).catch(() => false)
    // It may have answered a call while this was on its way.
    if (isUp) report('answers')
    else if (answeredAt <= askedAt) report('silent')
  }

  async function doubt(calledAt: number): Promise<void> {
    if (answeredAt > calledAt || state !== 'answers') return
    doubting ??= ask('/readyz').finally(() => (doubting = undefined))
    await doubting
  }

  return {
    state: () => state,
    answeredAt: () => answeredAt,
    report,
    check: () => ask(state === 'answers' ? '/livez' : '/readyz'),
    doubt,
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** What a failed call says about the api. A proxy's error page is not an answer from the api. */
export function healthOf(error: unknown): ApiState {
  if (error instanceof NoTokenError) return 'no-token'
  return error instanceof ProblemError && error.slug !== 'unavailable' ? 'answers' : 'silent'
}
