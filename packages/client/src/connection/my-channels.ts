import { parseChannel, type Channel } from '@conclave/shared/channels'
import type { QueryClient } from '@tanstack/query-core'
import type { Clock } from '../environment.ts'
import { missedTargets, type Target } from '../replica/my-streams.ts'
import type { Facts } from './connection-state.ts'
import { createReconnectingSocket } from './reconnecting-socket.ts'
import type { Socket } from './socket.ts'
import { createSubscriptions } from './subscriptions.ts'
import { createWantedChannels } from './wanted-channels.ts'

/** One socket, subscribed to this person's channels; see `createWantedChannels`. */
export interface MyChannels {
  /** Subscribes to the channels that follow from the list of my rooms now. */
  update: () => void
  /** A room was opened: if it is not subscribed, it is from now on. */
  opened: (roomId: string) => void
  /** The cache no longer has a room that was opened. */
  closed: (roomId: string) => void
  socketState: () => Facts['socket']
  /** Whether every wanted channel is subscribed now. */
  allSubscribed: () => boolean
  /** Retries subscriptions that had no answer in time. */
  retryOverdue: () => void
  /** Closes the current socket and opens another. */
  reopen: () => void
  close: () => void
}

/** `onMissed` receives what may have changed while a channel was not subscribed. */
export function createMyChannels(options: {
  socket: Socket
  queryClient: QueryClient
  clock: Clock
  myId: string
  onEvent: (channel: Channel, wire: unknown) => void
  onMissed: (...targets: Target[]) => void
  onChange: () => void
}): MyChannels {
  const { socket, queryClient, clock, myId, onEvent, onMissed, onChange } = options
  const subscriptions = createSubscriptions({
    socket,
    clock,
    onSubscribed: (name) => onMissed(...missedTargets(name)),
    // Usually the channel has a new epoch, which is in the list of my rooms.
    onRefused: () => onMissed('person'),
    onEvent: (name, wire) => {
      const channel = parseChannel(name)
      if (channel) onEvent(channel, wire)
    },
  })
  const wanted = createWantedChannels({
    queryClient,
    clock,
    myId,
    onNames: (names) => {
      subscriptions.want(names)
      onChange()
    },
  })
  const reconnecting = createReconnectingSocket({
    socket,
    clock,
    onOpen: subscriptions.restart,
    // The api's answer shows whether my access was revoked.
    onRefused: () => onMissed('person'),
    onChange,
  })

  return {
    update: wanted.update,
    opened: wanted.opened,
    closed: wanted.closed,
    socketState: reconnecting.state,
    allSubscribed: subscriptions.allSubscribed,
    retryOverdue: subscriptions.retryOverdue,
    reopen: reconnecting.reopen,
    close: () => {
      wanted.close()
      subscriptions.close()
      reconnecting.close()
    },
  }
}
