import type { ConsumerSpec } from '../src/log/flight.ts'
import type { LogEvent } from '../src/log/log.store.ts'

/** A reader of the log that only remembers what it was given. */
export function recordingConsumer(name: string, over: Partial<ConsumerSpec> = {}) {
  const seen: LogEvent[] = []
  const spec: ConsumerSpec = {
    name,
    reads: ['room'],
    batch: 10,
    flights: 1,
    timeoutMs: 1_000,
    perform: async (events) => {
      seen.push(...events)
      return events.length
    },
    ...over,
  }
  return { spec, seen }
}
