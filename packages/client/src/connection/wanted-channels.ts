import type { QueryClient } from '@tanstack/query-core'
import type { Clock } from '../environment.ts'
import { channelsOf } from '../replica/my-streams.ts'
import { createTimer } from './timer.ts'

/** Over how long the members of a room spread their asking for its new key. */
const MOVE_WITHIN_MS = 500

export interface WantedChannels {
  /** Hears what the list of my rooms says now. */
  want: () => void
  close: () => void
}

/** Follows the list of my rooms: which channels there are for me, and at which epoch. */
export function createWantedChannels(options: {
  queryClient: QueryClient
  clock: Clock
  myId: string
  hear: (names: Set<string>) => void
}): WantedChannels {
  const { queryClient, clock, myId, hear } = options
  let isClosed = false
  let wanted = new Set<string>()
  const moving = createTimer(clock)

  function want(): void {
    const names = channelsOf(queryClient, myId)
    if (isClosed || moving.isOn() || !names) return
    const isMove = hasOther(wanted, names) && hasOther(names, wanted)
    if (!isMove) return move(names)
    // Everybody in the room is told of its new key at the same moment.
    moving.start(Math.random() * MOVE_WITHIN_MS, () => move(channelsOf(queryClient, myId) ?? names))
  }

  function move(names: Set<string>): void {
    wanted = names
    hear(names)
  }

  return {
    want,
    close: () => {
      isClosed = true
      moving.stop()
    },
  }
}

function hasOther(names: Set<string>, than: Set<string>): boolean {
  return [...names].some((name) => !than.has(name))
}
