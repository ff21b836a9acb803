import type { Channel } from '@conclave/shared/channels'
import { follow, type Envelope, type Events, type StreamKind } from '@conclave/shared/events'
import { isKnownEvent, readEnvelope, readEvent } from '@conclave/shared/events.read'
import { notifyManager, type QueryClient } from '@tanstack/query-core'
import type { Part, State } from '../parts/part-kinds.ts'
import { PARTS } from '../parts/table.ts'
import { forgetOtherRooms } from './forget.ts'
import { epochOf, knownRevs, placeOf, streamOf, type Place, type Stream } from './my-streams.ts'

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

export interface DispatchOptions {
  queryClient: QueryClient
  myId: string
  /** Streams that have gone past an event that could not be read. */
  passed: Set<string>
}

/** What became of an event, and which place has to be asked for because of it. */
export interface Taken {
  outcome: Outcome
  ask?: Place
}

/**
 * Takes one event from a channel into the cache: only if it belongs to that channel, can be true and is exactly next.
 * Whatever does not fit is dropped, and the server has to be asked what became of it.
 */
export function createDispatch(
  options: DispatchOptions,
): (channel: Channel, wire: unknown) => Taken | undefined {
  const { queryClient, myId, passed } = options

  return (channel, wire) =>
    notifyManager.batch(() => {
      const stream = streamOf(channel)
      return stream && dispatch(stream, channel, wire)
    })

  function dispatch<Kind extends StreamKind>(
    stream: Stream<Kind>,
    channel: Channel,
    wire: unknown,
  ): Taken {
    const epoch = epochOf(queryClient, stream)
    // Whether a stream is mine is in a list of my own.
    if (epoch === undefined) return { outcome: 'refused', ask: 'person' }
    const envelope = readEnvelope(channel, wire)
    if (!envelope || envelope.epoch < epoch) return { outcome: 'refused', ask: placeOf(stream) }
    const steps = stepsOf(options, stream, envelope.rev)
    const outcome = take(stream, envelope, steps)
    return ['folded', 'held'].includes(outcome) ? { outcome } : { outcome, ask: placeOf(stream) }
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
    if (!isPlausible(event, { id: stream.id, rev, steps })) return 'refused'
    if (steps.some(({ part, held, is }) => is === 'next' && held && part.skips?.(event, held)))
      return 'gap'
    changeNext(queryClient, stream.id, steps, (part, held) => part.fold(held, event, rev, myId))
    return news.some(({ is }) => is === 'gap') ? 'gap' : 'folded'
  }

  /** What says how far a stream is goes on, and everything else of it has so fallen behind and is caught up. */
  function pass<Kind extends StreamKind>(
    stream: Stream<Kind>,
    rev: number,
    steps: Step<Kind>[],
  ): Outcome {
    changeNext(queryClient, stream.id, steps, (part, held) => {
      if (!part.pass) return held
      passed.add(stream.id)
      return part.pass(held, rev)
    })
    return 'unknown'
  }
}

/** What an event of this rev is to each part of its stream. */
function stepsOf<Kind extends StreamKind>(
  { queryClient, passed }: DispatchOptions,
  { kind, id }: Stream<Kind>,
  rev: number,
): Step<Kind>[] {
  return PARTS[kind].map((part) => {
    const held = part.entry.read(queryClient, id)
    const is = held && follow(held.rev, rev)
    // Beyond an event that could not be read, only a load says what is true.
    const isPast = is === 'next' && part.pass !== undefined && passed.has(id)
    return { part, held, is: isPast ? 'gap' : is }
  })
}

/** Changes the parts for which an event is next, and forgets what is held of a room that is no longer mine by it. */
function changeNext<Kind extends StreamKind>(
  queryClient: QueryClient,
  id: string,
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

/** Whether no part refuses to believe it. */
function isPlausible<Kind extends StreamKind>(
  event: Events[Kind],
  { id, rev, steps }: { id: string; rev: number; steps: Step<Kind>[] },
): boolean {
  return steps.every(({ part, held, is }) =>
    part.check(event, { id, rev, next: is === 'next' ? held : undefined }),
  )
}
