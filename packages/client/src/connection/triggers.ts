import type { Call } from '@conclave/shared/client'
import type { QueryClient } from '@tanstack/query-core'
import type { Environment } from '../environment.ts'
import { EVERYTHING } from '../replica/my-streams.ts'
import type { ListChecks } from './list-checks.ts'
import type { CatchUp } from './catch-up.ts'
import type { Health } from './api-health.ts'
import type { MyChannels } from './my-channels.ts'
import type { Polling } from './polling.ts'
import { createUnknownCounts } from './unknown-counts.ts'
import { CHECK_EVERY_MS, watchWake } from './wake.ts'
import { watchCache } from './watch-cache.ts'
import { watchHealth } from './watch-health.ts'

export interface TriggerOptions {
  call: Call
  health: Health
  queryClient: QueryClient
  environment: Environment
  /** How often a visible page checks for events that were lost; by default each minute. */
  checkEveryMs?: number
}

/** What the triggers can start. */
export interface TriggerTargets {
  channels: MyChannels
  catchUp: CatchUp
  listChecks: ListChecks
  polling: Polling
  isLive: () => boolean
  /** Whether events are changing the cache right now. */
  isFolding: () => boolean
  onChange: () => void
}

/** Watches everything but events that means something may be missing, and starts what fetches it. Returns how to stop. */
export function watchTriggers(options: TriggerOptions, targets: TriggerTargets): () => void {
  const { call, health, queryClient, environment, checkEveryMs = CHECK_EVERY_MS } = options
  const { channels, catchUp, listChecks, polling, isLive, isFolding, onChange } = targets
  const catchUpEverything = (): void => catchUp.request(...EVERYTHING)
  // If a check fails, the next one finds the same.
  const check = (): void => {
    if (isLive()) listChecks.check().catch(() => undefined)
  }
  const unknownCounts = createUnknownCounts({ queryClient, clock: environment.clock, look: check })
  const stops = [
    unknownCounts.close,
    watchCache({
      queryClient,
      isFolding,
      onList: () => {
        channels.update()
        unknownCounts.listChanged()
      },
      onWriting: polling.hurry,
      onOpened: channels.opened,
      onClosed: channels.closed,
      onBehind: (roomId) => catchUp.request(`held:${roomId}`),
    }),
    watchWake({
      environment,
      checkEveryMs,
      onTick: channels.retryOverdue,
      onReturn: () => {
        // Attempts that failed meanwhile have long waits between them.
        if (channels.socketState() === 'none') channels.reopen()
        polling.hurry()
        catchUpEverything()
      },
      onSlept: () => {
        channels.reopen()
        catchUpEverything()
      },
      onCheckDue: check,
      onNetworkChange: onChange,
    }),
    watchHealth({
      health,
      call,
      environment,
      onChange: () => {
        // The api was down: anything may have changed, and loading may have failed.
        if (health.state() === 'answers') catchUpEverything()
        onChange()
      },
    }),
  ]
  return () => stops.forEach((stop) => stop())
}
