import type { Call } from '@conclave/shared/client'
import type { QueryClient } from '@tanstack/query-core'
import type { Environment } from '../environment.ts'
import { EVERYTHING } from '../replica/my-streams.ts'
import type { Asking } from './asking.ts'
import type { CatchUp } from './catch-up.ts'
import type { Health } from './api-health.ts'
import type { Listening } from './listening.ts'
import type { Polling } from './polling.ts'
import { LOOK_EVERY_MS, watchWake } from './wake.ts'
import { watchCache } from './watch-cache.ts'
import { watchHealth } from './watch-health.ts'

export interface SignsOptions {
  call: Call
  health: Health
  queryClient: QueryClient
  environment: Environment
  /** How often somebody who looks asks whether something was lost on its way; a minute, if it is not said. */
  lookEveryMs?: number
}

/** What is done about them. */
export interface Remedies {
  listening: Listening
  catchUp: CatchUp
  asking: Asking
  polling: Polling
  isLive: () => boolean
  onChange: () => void
}

/** Heeds whatever is a sign that something may be missing, beside the events themselves; answers what ends that. */
export function watchSigns(options: SignsOptions, remedies: Remedies): () => void {
  const { call, health, queryClient, environment, lookEveryMs = LOOK_EVERY_MS } = options
  const { listening, catchUp, asking, polling, isLive, onChange } = remedies
  const askEverything = (): void => catchUp.request(...EVERYTHING)
  const stops = [
    watchCache({
      queryClient,
      onList: listening.want,
      onWriting: polling.hurry,
      onBehind: () => catchUp.request('loaded'),
    }),
    watchWake({
      environment,
      lookEveryMs,
      tick: listening.check,
      woke: () => {
        polling.hurry()
        askEverything()
      },
      slept: () => {
        listening.reopen()
        askEverything()
      },
      look: () => {
        // The next look finds what this one could not.
        if (isLive()) asking.look().catch(() => undefined)
      },
      network: onChange,
    }),
    watchHealth({
      health,
      call,
      environment,
      onChange: () => {
        // Everything may have happened while the api was away, also what could not be loaded because of it.
        if (health.state() === 'answers') askEverything()
        onChange()
      },
    }),
  ]
  return () => stops.forEach((stop) => stop())
}
