import { createConnection } from '@conclave/client/connection/client-connection'
import type { ConnectionState } from '@conclave/client/connection/connection-state'
import { loadRoom } from '@conclave/client/node/load-room'
import { watchRoom, type RoomCounts } from '@conclave/client/node/room-watch'
import { withPeople } from '@conclave/client/node/with-people'
import { messagesKey } from '@conclave/client/keys/messages.keys'
import { ROOMS_KEY } from '@conclave/client/keys/rooms.keys'
import type { Stack } from '@conclave/dev-stack/stack'
import { canonicalJson } from '@conclave/shared/messages.digest'
import { joinPages } from '@conclave/shared/messages.fold'
import type { MessagePage } from '@conclave/shared/messages'
import { getMe } from '@conclave/shared/people'
import type { Room, Rooms } from '@conclave/shared/rooms'
import { findRoom } from '@conclave/shared/rooms.order'
import { QueryClient } from '@tanstack/query-core'
import { loadOlder } from './history.ts'
import { machineOf } from './client-machine.ts'
import type { Network } from './network.ts'
import type { Person } from './person.ts'
import { createScreen, type ScreenFaults } from './screen.ts'

/** How often the lists are checked for lost events: each minute in the web, but here the kills come faster. */
const CHECK_EVERY_MS = 2_000
const SCROLL_AGAIN_MS = 200

export interface Subscriber {
  readonly name: string
  readonly counts: Readonly<RoomCounts>
  readonly faults: Readonly<ScreenFaults>
  /** Messages that were shown a second time, by their seqs. */
  readonly twice: ReadonlySet<number>
  rev(): number
  isLive(): boolean
  /** The room in the list of rooms, with its counts. */
  line(): Room | undefined
  /** The text on the screen, to compare byte for byte. */
  transcript(): string
  /** Closes the socket, which reconnects at once. */
  cut(): void
  /** Takes the network down, or sleeps, for so long. */
  away(state: Exclude<Network['state'], 'up'>, ms: number): void
  close(): void
}

/** The web's own client of one person, without a browser, that keeps all of General on its screen. */
export async function openSubscriber(
  stack: Stack,
  person: Person,
  room: Room,
): Promise<Subscriber> {
  const queryClient = new QueryClient({ defaultOptions: { queries: { gcTime: Infinity } } })
  const screen = createScreen()
  const watch = watchRoom({ queryClient, roomId: room.id, onPage: screen.show })
  const machine = machineOf(stack, person, watch.counting(person.call))
  const cache = withPeople({ call: machine.call, queryClient })
  const { id: myId } = await machine.call(getMe, {})
  await loadRoom(cache, room.id)

  const connection = createConnection({
    ...machine,
    ...cache,
    myId,
    checkEveryMs: CHECK_EVERY_MS,
    onEvent: watch.onEvent,
  })
  let state: ConnectionState['kind'] = 'connecting'
  connection.subscribe(({ kind }) => (state = kind))
  const scrolling = setInterval(() => void scrollUp(), SCROLL_AGAIN_MS)
  let isScrolling = false

  /** Loads older pages up to the beginning, at the start and after the end of the room was loaded again. */
  async function scrollUp(): Promise<void> {
    const page = watch.page()
    if (isScrolling || !page || page.reachesStart) return
    isScrolling = true
    try {
      const older = await loadOlder(cache.call, room.id, page)
      queryClient.setQueryData<MessagePage>(
        messagesKey(room.id),
        (current) => current && (joinPages(older, current) ?? current),
      )
    } catch {
      // The network is down; the next call tries again.
    }
    isScrolling = false
  }

  return {
    name: person.name,
    counts: watch.counts,
    faults: screen.faults,
    twice: watch.twice,
    rev: () => watch.page()?.rev ?? 0,
    isLive: () => state === 'live' && watch.page()?.reachesStart === true,
    line: () => findRoom(queryClient.getQueryData<Rooms>(ROOMS_KEY)?.rooms ?? [], room.id),
    transcript: () => canonicalJson(watch.page()?.messages ?? []),
    cut: machine.cut,
    away: machine.away,
    close: () => {
      clearInterval(scrolling)
      machine.close()
      connection.close()
      watch.close()
    },
  }
}
