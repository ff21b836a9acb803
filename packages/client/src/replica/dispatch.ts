import type { Channel } from '@conclave/shared/channels'
import { follow, type Envelope, type Events, type StreamKind } from '@conclave/shared/events'
import { isKnownEvent, readEnvelope, readEvent } from '@conclave/shared/events.read'
import { notifyManager, type QueryClient } from '@tanstack/query-core'
import type { Part, State } from '../parts/part-kinds.ts'
import { PARTS } from '../parts/table.ts'
import { forgetOtherRooms } from './forget.ts'
import { epochOf, knownRevs, targetOf, streamOf, type Target, type Stream } from './my-streams.ts'

/**
 * The outcome of an event. `duplicate`: its revision was already included. `gap`: an earlier event is missing. `unknown`: it
 * comes from a newer server, and this version cannot read it. `refused`: it cannot be true.
 */
export type Outcome = 'folded' | 'duplicate' | 'gap' | 'unknown' | 'refused'

/** A part, its state, and how an event's revision follows it. */
interface Step<Kind extends StreamKind> {
  part: Part<Kind>
  state: State | undefined
  is: ReturnType<typeof follow> | undefined
}

export interface DispatchOptions {
  queryClient: QueryClient
  myId: string
  /** Ids of streams that went on after an event that could not be read, until they are loaded again. */
  skipped: Set<string>
}

/** The outcome of an event, and what has to be fetched because of it. */
export interface DispatchResult {
  outcome: Outcome
  behind?: Target
}

/**
 * Folds one event from a channel into the cache, if it belongs to that channel, can be true and is exactly next.
 * Otherwise drops it and returns what to fetch instead.
 */
export function createDispatch(
  options: DispatchOptions,
): (channel: Channel, wire: unknown) => DispatchResult | undefined {
  const { queryClient, myId, skipped } = options

  return (channel, wire) =>
    notifyManager.batch(() => {
      const stream = streamOf(channel)
      return stream && dispatch(stream, channel, wire)
    })

  function dispatch<Kind extends StreamKind>(
    stream: Stream<Kind>,
    channel: Channel,
    wire: unknown,
  ): DispatchResult {
    const epoch = epochOf(queryClient, stream)
    // The list of my rooms says which streams are mine.
    if (epoch === undefined) return { outcome: 'refused', behind: 'person' }
    const envelope = readEnvelope(channel, wire)
    if (!envelope || envelope.epoch < epoch) return { outcome: 'refused', behind: targetOf(stream) }
    const steps = stepsOf(options, stream, envelope.rev)
    const outcome = apply(stream, envelope, steps)
    if (outcome === 'folded' || outcome === 'duplicate') return { outcome }
    return { outcome, behind: targetOf(stream) }
  }

  function apply<Kind extends StreamKind>(
    stream: Stream<Kind>,
    envelope: Envelope,
    steps: Step<Kind>[],
  ): Outcome {
    const { rev, type } = envelope
    const news = steps.filter(({ is }) => is === 'next' || is === 'gap')
    if (news.length === 0) return steps.some(({ is }) => is === 'duplicate') ? 'duplicate' : 'gap'
    const event = readEvent(stream.kind, envelope)
    if (!event) return isKnownEvent(stream.kind, type) ? 'refused' : skip(stream, rev, steps)
    if (!isPlausible(event, { id: stream.id, rev, steps })) return 'refused'
    if (
      steps.some(({ part, state, is }) => is === 'next' && state && part.showsGap?.(event, state))
    )
      return 'gap'
    changeNext(queryClient, stream.id, steps, (part, state) => part.fold(state, event, rev, myId))
    return news.some(({ is }) => is === 'gap') ? 'gap' : 'folded'
  }

  /** Moves only the part that has the stream's newest revision; the other parts are then behind, and are caught up. */
  function skip<Kind extends StreamKind>(
    stream: Stream<Kind>,
    rev: number,
    steps: Step<Kind>[],
  ): Outcome {
    changeNext(queryClient, stream.id, steps, (part, state) => {
      if (!part.skip) return state
      skipped.add(stream.id)
      return part.skip(state, rev)
    })
    return 'unknown'
  }
}

/** How an event of this rev follows each part of its stream. */
function stepsOf<Kind extends StreamKind>(
  { queryClient, skipped }: DispatchOptions,
  { kind, id }: Stream<Kind>,
  rev: number,
): Step<Kind>[] {
  return PARTS[kind].map((part) => {
    const state = part.entry.read(queryClient, id)
    const is = state && follow(state.rev, rev)
    // After an event that could not be read, the state is wrong until it is loaded again.
    const isStale = is === 'next' && part.skip !== undefined && skipped.has(id)
    return { part, state, is: isStale ? 'gap' : is }
  })
}

/** Changes the parts for which an event is next, and removes a room from the cache if the event took me out of it. */
function changeNext<Kind extends StreamKind>(
  queryClient: QueryClient,
  id: string,
  steps: Step<Kind>[],
  change: (part: Part<Kind>, state: State) => State,
): void {
  const before = knownRevs(queryClient)?.size ?? 0
  for (const { part, is } of steps) {
    if (is !== 'next') continue
    part.entry.change(queryClient, id, (state) => state && change(part, state))
  }
  if ((knownRevs(queryClient)?.size ?? 0) < before) forgetOtherRooms(queryClient)
}

/** Whether no part refuses the event. */
function isPlausible<Kind extends StreamKind>(
  event: Events[Kind],
  { id, rev, steps }: { id: string; rev: number; steps: Step<Kind>[] },
): boolean {
  return steps.every(({ part, state, is }) =>
    part.check(event, { id, rev, next: is === 'next' ? state : undefined }),
  )
}
