import type { Channel } from '@conclave/shared/channels'
import type { Environment } from '../environment.ts'
import type { Outcome } from '../replica/dispatch.ts'
import type { Replica } from '../replica/replica.ts'
import { createEventFrames, type EventFrames } from './event-frames.ts'

/** Gives the events of each frame to the replica, and their outcomes to `onEvent`. */
export function createArrivals(options: {
  replica: Replica
  environment: Pick<Environment, 'clock' | 'frame'>
  onHint: () => void
  onEvent?: (channel: Channel, wire: unknown, outcome: Outcome | undefined) => void
}): EventFrames {
  const { replica, environment, onHint, onEvent } = options
  return createEventFrames({
    environment,
    handle: (events) => {
      const outcomes = replica.receive(events)
      if (outcomes.includes('hint')) onHint()
      events.forEach(({ channel, wire }, index) => onEvent?.(channel, wire, outcomes[index]))
    },
  })
}
