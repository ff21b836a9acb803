import { parseChannel, type Channel } from '@conclave/shared/channels'
import type { QueryClient } from '@tanstack/query-core'
import type { Clock } from '../environment.ts'
import { missedOn, type Place } from '../replica/my-streams.ts'
import type { Facts } from './connection-state.ts'
import { createSocketLife } from './socket-life.ts'
import type { Socket } from './socket.ts'
import { createSubscriptions } from './subscriptions.ts'
import { createWantedChannels } from './wanted-channels.ts'

/** One socket, and on it the channels that are mine. */
export interface Listening {
  /** Hears what the list of my rooms says now. */
  want: () => void
  fact: () => Facts['socket']
  /** Whether every channel that is mine is heard at this moment. */
  allHeard: () => boolean
  /** Gives up on answers that are overdue. */
  check: () => void
  /** Gives up the socket that there is, and opens another. */
  reopen: () => void
  close: () => void
}

/** `onMissed` hears whatever may have happened unheard. */
export function createListening(options: {
  socket: Socket
  queryClient: QueryClient
  clock: Clock
  myId: string
  onEvent: (channel: Channel, wire: unknown) => void
  onMissed: (...places: Place[]) => void
  onChange: () => void
}): Listening {
  const { socket, queryClient, clock, myId, onEvent, onMissed, onChange } = options
  const subscriptions = createSubscriptions({
    socket,
    clock,
    onHeard: (name) => onMissed(...missedOn(name)),
    // The usual reason is a channel that has moved to another epoch; the list of my rooms knows where.
    onRefused: () => onMissed('person'),
    onEvent: (name, wire) => {
      const channel = parseChannel(name)
      if (channel) onEvent(channel, wire)
    },
  })
  const channels = createWantedChannels({
    queryClient,
    clock,
    myId,
    hear: (names) => {
      subscriptions.want(names)
      onChange()
    },
  })
  const life = createSocketLife({
    socket,
    clock,
    onOpen: subscriptions.restart,
    // Asking the api tells whether the refusal was meant for me.
    onRefused: () => onMissed('person'),
    onChange,
  })

  return {
    want: channels.want,
    fact: life.fact,
    allHeard: subscriptions.allHeard,
    check: subscriptions.check,
    reopen: life.reopen,
    close: () => {
      channels.close()
      subscriptions.close()
      life.close()
    },
  }
}
