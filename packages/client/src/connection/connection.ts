import type { Channel } from '@conclave/shared/channels'
import { isLoaded } from '../replica/behind.ts'
import type { Outcome } from '../replica/dispatch.ts'
import { createReplica } from '../replica/replica.ts'
import { EVERYTHING } from '../replica/my-streams.ts'
import { createAsking } from './asking.ts'
import { createCatchUp } from './catch-up.ts'
import { createStates, connectionState, type ConnectionState } from './connection-state.ts'
import { createListening } from './listening.ts'
import { createPolling } from './polling.ts'
import { watchSigns, type SignsOptions } from './signs.ts'
import type { Socket } from './socket.ts'

export interface Connection {
  subscribe: (listener: (state: ConnectionState) => void) => () => void
  /** Asks for everything missed, over a new socket if there is none; settles when that is done. */
  refresh: () => Promise<void>
  catchUpRoom: (roomId: string) => void
  close: () => void
}

export interface ConnectionOptions extends SignsOptions {
  socket: Socket
  myId: string
  /** Hears of each event that came, and what became of it. */
  onEvent?: (channel: Channel, wire: unknown, outcome: Outcome | undefined) => void
}

/** Subscribe first, then fetch: what happened before a channel was heard is always asked for after. */
export function createConnection(options: ConnectionOptions): Connection {
  const { socket, health, queryClient, environment, myId, onEvent } = options
  const { clock, isHidden } = environment
  const states = createStates()
  const replica = createReplica({ ...options, resync: (place) => catchUp.request(place) })
  const catchUp = createCatchUp({ clock, fetchMissing: replica.fetchMissing, onChange: update })
  const listening = createListening({
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
  const stopSigns = watchSigns(options, {
    listening,
    catchUp,
    asking,
    polling,
    onChange: update,
    isLive: () => states.now() === 'live',
  })

  if (isLoaded(queryClient, myId)) listening.want()
  else catchUp.request(...EVERYTHING)
  update()

  function update(): void {
    const kind = connectionState({
      isOnline: environment.isOnline(),
      api: health.state(),
      socket: listening.fact(),
      isLoaded: isLoaded(queryClient, myId),
      isBehind: !listening.allHeard() || catchUp.isBehind(),
    })
    if (kind === 'polling') polling.start()
    else polling.stop()
    states.become(kind)
  }

  async function refresh(): Promise<void> {
    if (socket.connection.state !== 'connected') listening.reopen()
    await catchUp.now(...EVERYTHING)
  }

  return {
    subscribe: states.subscribe,
    refresh,
    catchUpRoom: (roomId) => catchUp.request(`room:${roomId}`),
    close: () => {
      states.close()
      stopSigns()
      catchUp.close()
      listening.close()
      polling.stop()
    },
  }
}
