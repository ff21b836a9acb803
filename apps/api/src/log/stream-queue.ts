import type { Lane } from './flight.ts'
import { parseStream } from './streams.ts'

/** The streams that may have unread events, and those that a flight is reading. */
export interface StreamQueue {
  add(streams: Iterable<string>): void
  /**
   * What the next flight carries, or undefined if nothing may leave now: the first streams of a lane, which are not
   * returned again until they are released.
   */
  take(most: Capacity): Boarded | undefined
  release(boarded: Boarded): void
}

export interface Boarded {
  streams: readonly string[]
  lane: WaitingLane
}

interface Capacity {
  streams: number
  flights: number
  /** Failures since the last success: then the lanes are tried in turn, so that one that fails holds up no other. */
  failures: number
}

interface WaitingLane extends Lane {
  waiting: Set<string>
  flying: number
}

/** Lanes are served in their order, and each in the order of waking; nobody takes the flights that a lane has kept. */
export function createStreamQueue(given: readonly Lane[]): StreamQueue {
  const lanes = given.map((lane): WaitingLane => ({ ...lane, waiting: new Set(), flying: 0 }))
  const busy = new Set<string>()

  function take({ streams, flights, failures }: Capacity): Boarded | undefined {
    for (const lane of inTurn(failures)) {
      if (failures === 0 && !mayLeave(lane, flights)) continue
      const taken = board(lane, streams)
      if (taken.length === 0) continue
      lane.flying += 1
      return { streams: taken, lane }
    }
    return undefined
  }

  function inTurn(failures: number): WaitingLane[] {
    const first = failures % lanes.length
    return [...lanes.slice(first), ...lanes.slice(0, first)]
  }

  function mayLeave(lane: WaitingLane, flights: number): boolean {
    const taken = lanes.map((other) =>
      other === lane ? other.flying : Math.max(other.flying, other.kept),
    )
    return taken.reduce((sum, count) => sum + count, 0) < flights
  }

  function board({ waiting }: WaitingLane, most: number): string[] {
    const taken: string[] = []
    for (const stream of waiting) {
      if (taken.length === most) break
      if (busy.has(stream)) continue
      waiting.delete(stream)
      busy.add(stream)
      taken.push(stream)
    }
    return taken
  }

  return {
    add(streams) {
      for (const stream of streams) laneOf(lanes, stream).waiting.add(stream)
    },
    take,
    release({ streams, lane }) {
      lane.flying -= 1
      for (const stream of streams) busy.delete(stream)
    },
  }
}

function laneOf(lanes: readonly WaitingLane[], stream: string): WaitingLane {
  const { kind } = parseStream(stream)
  const lane = lanes.find(({ reads }) => reads.includes(kind))
  if (!lane) throw new RangeError(`No lane has the stream ${stream}`)
  return lane
}
