import type { Stack } from '@conclave/dev-stack/stack'
import { channelName } from '@conclave/shared/channels'
import { CHANGED, follow, type RoomEnvelope, type RoomEvent } from '@conclave/shared/events'
import { canonicalJson } from '@conclave/shared/messages.digest'
import { catchUpMessages, foldMessages } from '@conclave/shared/messages.fold'
import { listChanges, type MessagePage } from '@conclave/shared/messages'
import { getRoom, type Room } from '@conclave/shared/rooms'
import { createCatchUp } from './catch-up.ts'
import { hearChannel } from './channel.ts'
import { loadHistory } from './history.ts'
import type { Network } from './network.ts'
import type { Person } from './person.ts'
import { createScreen, type ScreenFaults } from './screen.ts'

/** A client with nothing to do asks how far the room is, because a lost event tells nobody. The web waits longer. */
const LOOK_EVERY_MS = 2_000

export interface SubscriberCounts {
  /** Events folded because they were exactly next. */
  folded: number
  /** Events that came again and were dropped by their revision. */
  heldBack: number
  /** Events that came after a later one. */
  backwards: number
  /** Events that showed that something was missed. */
  gaps: number
  catchUps: number
  reloads: number
  subscriptions: number
  /** Events that would have put a message on the screen a second time. */
  handedTwice: number
  /** Envelopes of another room or epoch than their channel's. */
  foreign: number
}

export interface Subscriber {
  readonly name: string
  readonly counts: Readonly<SubscriberCounts>
  readonly faults: Readonly<ScreenFaults>
  rev(): number
  isLive(): boolean
  /** What is on the screen, to the byte. */
  transcript(): string
  /** Loses the socket and comes back at once. */
  cut(): void
  /** Has no network for so long, or sleeps for so long. */
  away(state: Exclude<Network['state'], 'up'>, ms: number): void
  close(): void
}

/** A client that keeps General on its screen by the same folds as the web. */
export async function openSubscriber(
  stack: Stack,
  person: Person,
  room: Room,
): Promise<Subscriber> {
  const params = { roomId: room.id }
  const screen = createScreen(await loadHistory(person, room.id))
  const counts: SubscriberCounts = {
    folded: 0,
    heldBack: 0,
    backwards: 0,
    gaps: 0,
    catchUps: 0,
    reloads: 0,
    subscriptions: 0,
    handedTwice: 0,
    foreign: 0,
  }

  const catchUp = createCatchUp(async () => {
    const after = String(screen.page().rev)
    const changes = await person.call(listChanges, { params, query: { after } })
    const caughtUp = catchUpMessages(screen.page(), changes)
    counts.catchUps += 1
    if (!caughtUp) counts.reloads += 1
    screen.show(caughtUp ?? (await reloaded()))
  })
  const channel = hearChannel({
    stack,
    person,
    channelName: channelName({ kind: 'room', roomId: room.id, epoch: room.epoch }),
    onHeard: () => {
      counts.subscriptions += 1
      catchUp.request()
    },
    onEvent: (wire) => apply(wire as RoomEnvelope),
  })

  let heardRev = 0
  let back: NodeJS.Timeout | undefined
  const looking = setInterval(() => void look(), LOOK_EVERY_MS)

  async function look(): Promise<void> {
    if (!channel.isHeard()) return
    try {
      const { rev } = await person.call(getRoom, { params })
      if (rev > screen.page().rev) catchUp.request()
    } catch {
      // The next look, or the reconnect that follows, finds the same.
    }
  }

  function away(state: Exclude<Network['state'], 'up'>, ms: number): void {
    person.network.state = state
    channel.disconnect()
    clearTimeout(back)
    back = setTimeout(() => {
      person.network.state = 'up'
      channel.connect()
    }, ms)
  }

  function apply({ room: place, epoch, type, rev, data }: RoomEnvelope): void {
    if (place !== room.id || epoch !== room.epoch) {
      counts.foreign += 1
      return
    }
    if (rev < heardRev) counts.backwards += 1
    heardRev = rev
    const step = follow(screen.page().rev, rev)
    if (step === 'held') {
      counts.heldBack += 1
      return
    }
    if (step === 'gap') counts.gaps += 1
    if (step === 'gap' || type === CHANGED) return catchUp.request()
    const event = { type, data } as RoomEvent
    if (event.type === 'message.posted' && screen.has(event.data.id)) counts.handedTwice += 1
    counts.folded += 1
    screen.show(foldMessages(screen.page(), event, rev))
  }

  async function reloaded(): Promise<MessagePage> {
    const page = await loadHistory(person, room.id)
    // What was folded while the pages came must not leave the screen again.
    return page.rev < screen.page().rev ? screen.page() : page
  }

  return {
    name: person.name,
    counts,
    faults: screen.faults,
    rev: () => screen.page().rev,
    isLive: () => channel.isHeard() && !catchUp.isBehind(),
    transcript: () => canonicalJson(screen.page().messages),
    cut: () => {
      channel.disconnect()
      channel.connect()
    },
    away,
    close: () => {
      clearInterval(looking)
      clearTimeout(back)
      catchUp.close()
      channel.close()
    },
  }
}
