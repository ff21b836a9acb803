import type { Channel } from '@conclave/shared/channels'
import { follow, type Envelope, type StreamKind } from '@conclave/shared/events'
import { isKnownEvent, readEnvelope, readEvent } from '@conclave/shared/events.read'
import { notifyManager, type QueryClient } from '@tanstack/query-core'
import type { Part, State } from '../parts/part.ts'
import { PARTS } from '../parts/table.ts'
import { forgetOtherRooms } from './forget.ts'
import { epochOf, knownRevs, placeOf, streamOf, type Place, type Stream } from './streams.ts'

/**
 * What became of an event. `held`: it came before. `gap`: something before it is missing. `unknown`: a newer server tells
 * of something that this version cannot read. `refused`: it cannot be true.
 */
export type Outcome = 'folded' | 'held' | 'gap' | 'unknown' | 'refused'

/** A part, what it holds, and what an event would be to it. */
interface Step<Kind extends StreamKind> {
  part: Part<Kind>
  held: State | undefined
  is: ReturnType<typeof follow> | undefined
}

/**
 * Takes one event from a channel into the cache: only if it belongs to that channel, can be true and is exactly next.
 * Whatever does not fit is dropped, and its place asks the server what became of it.
 */
export function createDispatch(options: {
  queryClient: QueryClient
  myId: string
  /** Streams that have gone past an event that could not be read. */
  passed: Set<string>
  resync: (place: Place) => void
}): (channel: Channel, wire: unknown) => Outcome | undefined {
  const { queryClient, myId, passed, resync } = options

  return (channel, wire) =>
    notifyManager.batch(() => {
      const stream = streamOf(channel)
      return stream && dispatch(stream, channel, wire)
    })

  function dispatch<Kind extends StreamKind>(
    stream: Stream<Kind>,
    channel: Channel,
    wire: unknown,
  ): Outcome {
    const epoch = epochOf(queryClient, stream)
    // Whether a stream is mine is in a list of my own.
    if (epoch === undefined) return missed('person', 'refused')
    const envelope = readEnvelope(channel, wire)
    if (!envelope || envelope.epoch < epoch) return missed(placeOf(stream), 'refused')
    const steps = stepsOf(stream, envelope.rev)
    const outcome = take(stream, envelope, steps)
    return ['folded', 'held'].includes(outcome) ? outcome : missed(placeOf(stream), outcome)
  }

  function take<Kind extends StreamKind>(
    stream: Stream<Kind>,
    envelope: Envelope,
    steps: Step<Kind>[],
  ): Outcome {
    const { rev, type } = envelope
    const news = steps.filter(({ is }) => is === 'next' || is === 'gap')
    if (news.length === 0) return steps.some(({ is }) => is === 'held') ? 'held' : 'gap'
    const event = readEvent(stream.kind, envelope)
    if (!event) return isKnownEvent(stream.kind, type) ? 'refused' : pass(stream, rev, steps)
    const isPlausible = steps.every(({ part, held, is }) =>
      part.check(event, { id: stream.id, rev, next: is === 'next' ? held : undefined }),
    )
    if (!isPlausible) return 'refused'
    if (steps.some(({ part, held, is }) => is === 'next' && held && part.skips?.(event, held)))
      return 'gap'
    changeNext(stream, steps, (part, held) => part.fold(held, event, rev, myId))
    return news.some(({ is }) => is === 'gap') ? 'gap' : 'folded'
  }

  /** What says how far a stream is goes on, and everything else of it has so fallen behind and is caught up. */
  function pass<Kind extends StreamKind>(
    stream: Stream<Kind>,
    rev: number,
    steps: Step<Kind>[],
  ): Outcome {
    changeNext(stream, steps, (part, held) => {
      if (!part.pass) return held
      passed.add(stream.id)
      return part.pass(held, rev)
    })
    return 'unknown'
  }

  function changeNext<Kind extends StreamKind>(
    { id }: Stream<Kind>,
    steps: Step<Kind>[],
    change: (part: Part<Kind>, held: State) => State,
  ): void {
    const before = knownRevs(queryClient)?.size ?? 0
    for (const { part, is } of steps) {
      if (is !== 'next') continue
      part.entry.change(queryClient, id, (held) => held && change(part, held))
    }
    if ((knownRevs(queryClient)?.size ?? 0) < before) forgetOtherRooms(queryClient)
  }

  function stepsOf<Kind extends StreamKind>({ kind, id }: Stream<Kind>, rev: number): Step<Kind>[] {
    return PARTS[kind].map((part) => {
      const held = part.entry.read(queryClient, id)
      const is = held && follow(held.rev, rev)
      // Beyond an event that could not be read, only a load says what is true.
      const isPast = is === 'next' && part.pass !== undefined && passed.has(id)
      return { part, held, is: isPast ? 'gap' : is }
    })
  }

  function missed(place: Place, outcome: Outcome): Outcome {
    resync(place)
    return outcome
  }
}
