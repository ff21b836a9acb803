import type { Channel } from '@conclave/shared/channels'
import { follow, type Envelope, type Events, type StreamKind } from '@conclave/shared/events'
import {
  isHint,
  isKnownEvent,
  readEnvelope,
  readEvent,
  readHint,
} from '@conclave/shared/events.read'
import type { Cache, Part, State } from '../parts/part-kinds.ts'
import { PARTS, wholeParts } from '../parts/table.ts'
import { epochOf, targetOf, streamOf, type Target, type Stream } from './my-streams.ts'

/**
 * The outcome of an event. `duplicate`: its revision was already included. `gap`: an earlier event is missing. `unknown`: it
 * comes from a newer server, and this version cannot read it. `refused`: it cannot be true. `hint`: it has no revision.
 */
export type Outcome = 'folded' | 'duplicate' | 'gap' | 'unknown' | 'refused' | 'hint'

/** A part, its state, and how an event's revision follows it. */
interface Step<Kind extends StreamKind> {
  part: Part<Kind>
  state: State | undefined
  is: ReturnType<typeof follow> | undefined
}

/** What has to be remembered of states until the server's next answer about them. */
export interface Doubts {
  /** Ids of streams that went on after an event that could not be read, until they are loaded again. */
  readonly skipped: Set<string>
  /** Ids of rooms, people and quoted messages that events have changed; see `Part.unconfirmedBy`. */
  readonly unconfirmed: Set<string>
}

/** The outcome of an event, and what has to be fetched because of it. */
export interface DispatchResult {
  outcome: Outcome
  behind?: Target
}

export type Dispatch = (cache: Cache, channel: Channel, wire: unknown) => DispatchResult | undefined

/** Where events are folded, for whom, and what is remembered of them. */
interface Folding {
  cache: Cache
  myId: string
  doubts: Doubts
}

/**
 * Folds one event from a channel into a cache, if it belongs to that channel, can be true and is exactly next. Otherwise
 * drops it and returns what to fetch instead. Undefined for a channel without a stream.
 */
export function createDispatch(options: { myId: string; doubts: Doubts }): Dispatch {
  const { myId, doubts } = options
  return (cache, channel, wire) => {
    const stream = streamOf(channel)
    return stream && dispatch({ cache, myId, doubts }, stream, channel, wire)
  }
}

function dispatch<Kind extends StreamKind>(
  folding: Folding,
  stream: Stream<Kind>,
  channel: Channel,
  wire: unknown,
): DispatchResult {
  const { cache, doubts } = folding
  const epoch = epochOf(cache, stream)
  // The list of my rooms says which streams are mine.
  if (epoch === undefined) return { outcome: 'refused', behind: 'person' }
  const envelope = readEnvelope(channel, wire)
  if (!envelope || envelope.epoch < epoch) return { outcome: 'refused', behind: targetOf(stream) }
  if (isHint(stream.kind, envelope)) return takeHint(cache, stream, envelope)
  const steps = stepsOf(cache, stream, envelope.rev, doubts)
  const outcome = apply(folding, stream, envelope, steps)
  if (outcome === 'folded' || outcome === 'duplicate') return { outcome }
  return { outcome, behind: targetOf(stream) }
}

function apply<Kind extends StreamKind>(
  folding: Folding,
  stream: Stream<Kind>,
  envelope: Envelope,
  steps: Step<Kind>[],
): Outcome {
  const { cache, myId, doubts } = folding
  const { rev, type } = envelope
  const news = steps.filter(({ is }) => is === 'next' || is === 'gap')
  if (news.length === 0) return steps.some(({ is }) => is === 'duplicate') ? 'duplicate' : 'gap'
  const event = readEvent(stream.kind, envelope)
  if (!event) return isKnownEvent(stream.kind, type) ? 'refused' : skip(folding, stream, rev, steps)
  if (!isPlausible(event, { id: stream.id, rev, steps })) return 'refused'
  if (steps.some(({ part, state, is }) => is === 'next' && state && part.showsGap?.(event, state)))
    return 'gap'
  changeNext(cache, stream.id, steps, (part, state) => {
    const unconfirmed = part.unconfirmedBy?.(event, stream.id, state) ?? []
    for (const id of unconfirmed) doubts.unconfirmed.add(id)
    return part.fold(state, event, rev, myId)
  })
  return news.some(({ is }) => is === 'gap') ? 'gap' : 'folded'
}

/** Moves only the part that has the stream's newest revision; the other parts are then behind, and are caught up. */
function skip<Kind extends StreamKind>(
  { cache, doubts }: Folding,
  stream: Stream<Kind>,
  rev: number,
  steps: Step<Kind>[],
): Outcome {
  changeNext(cache, stream.id, steps, (part, state) => {
    if (!part.skip) return state
    doubts.skipped.add(stream.id)
    return part.skip(state, rev)
  })
  return 'unknown'
}

/** A hint is neither next nor a duplicate nor a gap: a part takes of it what is newer than what it has. */
function takeHint(cache: Cache, stream: Stream, envelope: Envelope): DispatchResult {
  const hint = readHint(envelope)
  if (!hint) return { outcome: 'refused', behind: targetOf(stream) }
  const isMissing = wholeParts(stream.kind).map((part) =>
    part.takeHint?.(cache, hint, envelope.rev),
  )
  return { outcome: 'hint', ...(isMissing.includes(true) ? { behind: targetOf(stream) } : {}) }
}

/** How an event of this rev follows each part of its stream. */
function stepsOf<Kind extends StreamKind>(
  cache: Cache,
  { kind, id }: Stream<Kind>,
  rev: number,
  { skipped }: Doubts,
): Step<Kind>[] {
  return PARTS[kind].map((part) => {
    const state = part.entry.read(cache, id)
    const is = state && follow(state.rev, rev)
    // After an event that could not be read, the state is wrong until it is loaded again.
    const isStale = is === 'next' && part.skip !== undefined && skipped.has(id)
    return { part, state, is: isStale ? 'gap' : is }
  })
}

/** Changes the parts for which an event is next. */
function changeNext<Kind extends StreamKind>(
  cache: Cache,
  id: string,
  steps: Step<Kind>[],
  change: (part: Part<Kind>, state: State) => State,
): void {
  for (const { part, is } of steps) {
    if (is !== 'next') continue
    part.entry.change(cache, id, (state) => state && change(part, state))
  }
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
