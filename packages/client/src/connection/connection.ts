import type { Channel } from '@conclave/shared/channels'
import type { Call } from '@conclave/shared/client'
import type { QueryClient } from '@tanstack/query-core'
import type { Environment } from '../environment.ts'
import { isLoaded } from '../replica/behind.ts'
import type { Outcome } from '../replica/dispatch.ts'
import { createReplica } from '../replica/replica.ts'
import { EVERYTHING } from '../replica/streams.ts'
import { createAsking } from './asking.ts'
import { createCatchUp } from './catch-up.ts'
import { createStates, connectionState, type ConnectionState } from './connection-state.ts'
import type { Health } from './health.ts'
import { createHearing } from './hearing.ts'
import { createPolling } from './polling.ts'
import type { Socket } from './socket.ts'
import { LOOK_EVERY_MS, watchWake } from './wake.ts'
import { watchCache } from './watch-cache.ts'
import { watchHealth } from './watch-health.ts'

export interface Connection {
  subscribe: (listener: (state: ConnectionState) => void) => () => void
  /** Asks for everything missed, over a new socket if there is none; settles when that is done. */
  refresh: () => Promise<void>
  catchUpRoom: (roomId: string) => void
  close: () => void
}

export interface ConnectionOptions {
  socket: Socket
  call: Call
  health: Health
  queryClient: QueryClient
  environment: Environment
  myId: string
  /** How often somebody who looks asks whether something was lost on its way; a minute, if it is not said. */
  lookEveryMs?: number
  /** Hears of each event that came, and what became of it. */
  onEvent?: (channel: Channel, wire: unknown, outcome: Outcome | undefined) => void
}

/** Subscribe first, then fetch: what happened before a channel was heard is always asked for after. */
export function createConnection(options: ConnectionOptions): Connection {
  const { socket, call, health, queryClient, environment, myId, onEvent } = options
  const { clock, isHidden } = environment
  const { lookEveryMs = LOOK_EVERY_MS } = options
  const states = createStates()
  const replica = createReplica({ ...options, resync: (place) => catchUp.request(place) })
  const catchUp = createCatchUp({ clock, fetchMissing: replica.fetchMissing, onChange: update })
  const hearing = createHearing({
    socket,
    queryClient,
    clock,
    myId,
    onEvent: (channel, wire) => {
      const outcome = replica.take(channel, wire)
      onEvent?.(channel, wire, outcome)
    },
    onMissed: catchUp.request,
    onChange: update,
  })
  const asking = createAsking({ replica, queryClient, clock, onBehind: catchUp.request })
  const polling = createPolling({ clock, poll: asking.poll, isHidden })
  const stops = [
    watchCache({
      queryClient,
      onList: hearing.want,
      onWriting: polling.hurry,
      onBehind: () => catchUp.request('loaded'),
    }),
    watchWake({
      environment,
      lookEveryMs,
      tick: hearing.check,
      woke,
      slept,
      look,
      network: update,
    }),
    watchHealth({ health, call, environment, onChange: onHealth }),
  ]

  if (isLoaded(queryClient, myId)) hearing.want()
  else catchUp.request(...EVERYTHING)
  update()

  function update(): void {
    const kind = connectionState({
      isOnline: environment.isOnline(),
      api: health.state(),
      socket: hearing.fact(),
      isLoaded: isLoaded(queryClient, myId),
      isBehind: !hearing.allHeard() || catchUp.isBehind(),
    })
    if (kind === 'polling') polling.start()
    else polling.stop()
    states.become(kind)
  }

  function woke(): void {
    polling.hurry()
    catchUp.request(...EVERYTHING)
  }

  function slept(): void {
    hearing.reopen()
    catchUp.request(...EVERYTHING)
  }

  function look(): void {
    // The next look finds what this one could not.
    if (states.now() === 'live') asking.look().catch(() => undefined)
  }

  /** Everything may have happened while the api was away, also what could not be loaded because of it. */
  function onHealth(): void {
    if (health.state() === 'answers') catchUp.request(...EVERYTHING)
    update()
  }

  async function refresh(): Promise<void> {
    if (socket.connection.state !== 'connected') slept()
    await catchUp.now(...EVERYTHING)
  }

  return {
    subscribe: states.subscribe,
    refresh,
    catchUpRoom: (roomId) => catchUp.request(`room:${roomId}`),
    close: () => {
      states.close()
      for (const stop of stops) stop()
      catchUp.close()
      hearing.close()
      polling.stop()
    },
  }
}
