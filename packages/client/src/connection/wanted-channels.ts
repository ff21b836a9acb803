import type { QueryClient } from '@tanstack/query-core'
import type { Clock } from '../environment.ts'
import { channelsOf } from '../replica/my-streams.ts'
import { createTimer } from './timer.ts'

/** After a rekey the members of a room spread their requests for its new key over this time. */
const SPREAD_MS = 500

export interface WantedChannels {
  /** Reads the list of my rooms again. */
  update: () => void
  close: () => void
}

/** Derives the names of my channels, with their epochs, from the list of my rooms. */
export function createWantedChannels(options: {
  queryClient: QueryClient
  clock: Clock
  myId: string
  onNames: (names: Set<string>) => void
}): WantedChannels {
  const { queryClient, clock, myId, onNames } = options
  let isClosed = false
  let wanted = new Set<string>()
  const spread = createTimer(clock)

  function update(): void {
    const names = channelsOf(queryClient, myId)
    if (isClosed || spread.isOn() || !names) return
    const isRekey = hasOther(wanted, names) && hasOther(names, wanted)
    if (!isRekey) return change(names)
    // Everybody in the room learns of the rekey at the same moment.
    spread.start(Math.random() * SPREAD_MS, () => change(channelsOf(queryClient, myId) ?? names))
  }

  function change(names: Set<string>): void {
    wanted = names
    onNames(names)
  }

  return {
    update,
    close: () => {
      isClosed = true
      spread.stop()
    },
  }
}

function hasOther(names: Set<string>, than: Set<string>): boolean {
  return [...names].some((name) => !than.has(name))
}
