import { messagesKey } from '@conclave/client/keys/messages.keys'
import { loadRoom } from '@conclave/client/node/load-room'
import { watchRoom, type RoomWatch } from '@conclave/client/node/room-watch'
import { withPeople } from '@conclave/client/node/with-people'
import { PAGE_SIZE, type MessagePage } from '@conclave/shared/messages'
import { QueryClient } from '@tanstack/query-core'
import type { Conclave } from '../contestants/conclave.ts'
import { connectClient } from '../subscribers/connected-client.ts'
import { requestsOf } from './requests.ts'

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
  const cache = withPeople({ call, queryClient })
  await loadRoom(cache, roomId)
  const client = connectClient({
    ...cache,
    stack: conclave.stack,
    myId: conclave.crowd.idOf(person),
    onEvent: watch.onEvent,
  })

  return {
    watch,
    settledOn: client.settledOn,
    close: () => {
      client.close()
      watch.close()
    },
  }
}

/** The page as after opening the room now. */
function newest(page: MessagePage): MessagePage {
  return { ...page, messages: page.messages.slice(-PAGE_SIZE), reachesStart: false }
}
