import type { Channel } from '@conclave/shared/channels'
import { isLoaded } from '../replica/behind.ts'
import type { PeopleLoader } from '../people/people-loader.ts'
import type { Outcome } from '../replica/dispatch.ts'
import { createReplica } from '../replica/replica.ts'
import { EVERYTHING } from '../replica/my-streams.ts'
import { createArrivals } from './channel-arrivals.ts'
import { createListChecks } from './list-checks.ts'
import { createCatchUp } from './catch-up.ts'
import { createStates, connectionState, type ConnectionState } from './connection-state.ts'
import { createMyChannels } from './my-channels.ts'
import { createPolling } from './polling.ts'
import { watchTriggers, type TriggerOptions } from './triggers.ts'
import type { Socket } from './socket.ts'

export interface Connection {
  subscribe: (listener: (state: ConnectionState) => void) => () => void
  /** Fetches everything missed, and opens a new socket if there is none; settles when that is done. */
  refresh: () => Promise<void>
  catchUpRoom: (roomId: string) => void
  close: () => void
}

export interface ConnectionOptions extends TriggerOptions {
  socket: Socket
  myId: string
  /** The people whom this client holds; `call` should keep those whom answers name there (`keepingNamed`). */
  people: PeopleLoader
  /** Called for each event, with its outcome, once all events of its frame are folded. */
  onEvent?: (channel: Channel, wire: unknown, outcome: Outcome | undefined) => void
}

/** Subscribe first, then fetch: what happened before a subscription is always fetched after it. */
export function createConnection(options: ConnectionOptions): Connection {
  const { socket, health, queryClient, environment, myId } = options
  const { clock, isHidden } = environment
  const states = createStates()
  const replica = createReplica({ ...options, resync: (target) => catchUp.request(target) })
  const catchUp = createCatchUp({ clock, fetchMissing: replica.fetchMissing, onChange: update })
  const listChecks = createListChecks({ replica, queryClient, clock, onBehind: catchUp.request })
  const arrivals = createArrivals({ ...options, replica, onHint: listChecks.moved })
  const channels = createMyChannels({
    ...options,
    clock,
    onEvent: (channel, wire) => arrivals.add({ channel, wire }),
    onMissed: catchUp.request,
    onChange: update,
  })
  const polling = createPolling({ clock, health, poll: listChecks.poll, isHidden })
  const stopTriggers = watchTriggers(options, {
    channels,
    catchUp,
    listChecks,
    polling,
    onChange: update,
    isLive: () => states.now() === 'live',
    isFolding: replica.isFolding,
  })

  if (isLoaded(queryClient, myId)) channels.update()
  else catchUp.request(...EVERYTHING)
  update()

  function update(): void {
    const kind = connectionState({
      isOnline: environment.isOnline(),
      api: health.state(),
      socket: channels.socketState(),
      isLoaded: isLoaded(queryClient, myId),
      isBehind: !channels.allSubscribed() || catchUp.isBehind(),
    })
    if (kind === 'polling') polling.start()
    else polling.stop()
    states.become(kind)
  }

  async function refresh(): Promise<void> {
    if (socket.connection.state !== 'connected') channels.reopen()
    await catchUp.now(...EVERYTHING)
  }

  return {
    subscribe: states.subscribe,
    refresh,
    catchUpRoom: (roomId) => catchUp.request(`room:${roomId}`),
    close: () => {
      states.close()
      stopTriggers()
      arrivals.close()
      listChecks.close()
      catchUp.close()
      channels.close()
      polling.stop()
    },
  }
}
