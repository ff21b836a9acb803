import type { Channel } from '@conclave/shared/channels'
import type { QueryClient } from '@tanstack/query-core'
import type { Environment } from '../environment.ts'
import type { Outcome } from '../replica/dispatch.ts'
import type { Target } from '../replica/my-streams.ts'
import type { Replica } from '../replica/replica.ts'
import { createEventFrames, type EventFrames } from './event-frames.ts'
import { createHintedRooms } from './hinted-rooms.ts'

/** Gives the events of each frame to the replica, and their outcomes to `onEvent`. */
export function createArrivals(options: {
  replica: Replica
  queryClient: QueryClient
  environment: Pick<Environment, 'clock' | 'frame'>
  onBehind: (...targets: Target[]) => void
  onEvent?: (channel: Channel, wire: unknown, outcome: Outcome | undefined) => void
}): EventFrames {
  const { replica, queryClient, environment, onBehind, onEvent } = options
  const hintedRooms = createHintedRooms({ queryClient, clock: environment.clock, onBehind })
  const frames = createEventFrames({
    environment,
    handle: (events) => {
      const outcomes = replica.receive(events)
      if (outcomes.includes('hint')) hintedRooms.hinted()
      events.forEach(({ channel, wire }, index) => onEvent?.(channel, wire, outcomes[index]))
    },
  })

  return {
    add: frames.add,
    close: () => {
      frames.close()
      hintedRooms.close()
    },
  }
}
