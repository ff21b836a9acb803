import { createConnection } from '@conclave/client/connection/client-connection'
import { createHealth } from '@conclave/client/connection/api-health'
import { openPusher } from '@conclave/client/connection/open-pusher'
import { messagesKey } from '@conclave/client/keys/messages.keys'
import type { SocketChannel } from '@conclave/client/connection/socket'
import { nodeEnvironment as environment } from '@conclave/client/node/node-environment'
import { loadRoom } from '@conclave/client/node/load-room'
import { watchRoom, type RoomWatch } from '@conclave/client/node/room-watch'
import { PAGE_SIZE, type MessagePage } from '@conclave/shared/messages'
import { QueryClient } from '@tanstack/query-core'
import PusherModule from 'pusher-js'
import type { Conclave } from '../contestants/conclave.ts'
import { requestsOf } from './requests.ts'

// In Node the package is the class itself; its types describe the bundle for browsers.
const Pusher = PusherModule as unknown as typeof PusherModule.default

/** Each event copies the whole page; a hundred growing pages would load this process instead of the server. */
const HELD_MAX = 2 * PAGE_SIZE

export interface HonestClient {
  /** Observes its room. */
  readonly watch: RoomWatch
  /** Since when it has been live on these channels; undefined while it is not. */
  settledOn(channels: readonly string[]): number | undefined
  close(): void
}

/** The web's own client of somebody with one room open, without the screen. */
export async function openHonestClient(
  conclave: Conclave,
  { person, roomId }: { person: number; roomId: string },
): Promise<HonestClient> {
  const queryClient = new QueryClient({ defaultOptions: { queries: { gcTime: Infinity } } })
  const watch = watchRoom({
    queryClient,
    roomId,
    onPage: (page) => {
      if (page.messages.length > HELD_MAX)
        queryClient.setQueryData(messagesKey(roomId), newest(page))
    },
  })
  const call = watch.counting(requestsOf(conclave, person).call)
  await loadRoom({ call, queryClient }, roomId)
  const { key, host, port } = conclave.stack.pusher
  const socket = openPusher({
    Pusher,
    address: { key, cluster: '', host, port },
    call,
    clock: environment.clock,
  })
  const channels = new Map<string, SocketChannel>()
  const connection = createConnection({
    socket: {
      connection: socket.connection,
      subscribe: (name) => {
        const channel = socket.subscribe(name)
        channels.set(name, channel)
        return channel
      },
      unsubscribe: (name) => socket.unsubscribe(name),
      connect: () => socket.connect(),
      disconnect: () => socket.disconnect(),
    },
    call,
    // The api is never down here, and a failed request is retried anyway.
    health: createHealth({ now: environment.clock.now, answers: async () => true }),
    queryClient,
    environment,
    myId: conclave.crowd.idOf(person),
    onEvent: watch.onEvent,
  })
  let live: { since: number } | undefined
  connection.subscribe(({ kind }) => {
    live = kind === 'live' ? { since: performance.now() } : undefined
  })

  return {
    watch,
    settledOn: (names) =>
      names.every((name) => channels.get(name)?.subscribed) ? live?.since : undefined,
    close: () => {
      connection.close()
      watch.close()
    },
  }
}

/** The page as after opening the room now. */
function newest(page: MessagePage): MessagePage {
  return { ...page, messages: page.messages.slice(-PAGE_SIZE), reachesStart: false }
}
