import { setTimeout as delay } from 'node:timers/promises'

/** As the web: what is asked for within this time is asked for together. */
const GATHER_MS = 100
const RETRY_MS = 500

export type Place = 'rooms' | 'people' | 'room'

/** One flight at a time for everything that is missing, until it succeeds. */
export function createCatchingUp(
  fetchMissing: (places: ReadonlySet<Place>) => Promise<void>,
  onCaughtUp: () => void,
): { request(...places: Place[]): void; isBehind(): boolean } {
  let missing = new Set<Place>()
  let isFlying = false

  function request(...places: Place[]): void {
    for (const place of places) missing.add(place)
    if (!isFlying) void fly()
  }

  async function fly(): Promise<void> {
    isFlying = true
    let wait = GATHER_MS
    while (missing.size > 0) {
      await delay(wait)
      const places = missing
      missing = new Set()
      try {
        await fetchMissing(places)
        wait = GATHER_MS
      } catch {
        for (const place of places) missing.add(place)
        wait = RETRY_MS
      }
    }
    isFlying = false
    onCaughtUp()
  }

  return { request, isBehind: () => isFlying }
}
