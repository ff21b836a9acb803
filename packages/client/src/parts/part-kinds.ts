import type { Call } from '@conclave/shared/client'
import type { Events, StreamKind } from '@conclave/shared/events'
import type { DigestOf } from '@conclave/shared/messages.digest'
import type { RoomChanges } from '@conclave/shared/messages'
import type { QueryClient, QueryKey } from '@tanstack/query-core'

export interface State {
  /** The revision of the stream that this state reflects. */
  rev: number
}

/** Where the cache has the state of a part; `id` is the room's or my own. */
export interface Entry<S extends State> {
  read(queryClient: QueryClient, id: string): S | undefined
  /** `change` receives the current state and returns the next one. */
  change(
    queryClient: QueryClient,
    id: string,
    change: (state: S | undefined) => S | undefined,
  ): void
}

/** What a part needs beside an event to check it. */
export interface EventContext<S extends State> {
  /** The id of the room, or my own. */
  id: string
  rev: number
  /** The part's state, if the event is exactly next for it and would be folded. */
  next: S | undefined
}

/** The states that are merged when a part was loaded. */
export interface MergeStates<S extends State> {
  /** When the answer arrived. */
  current: S | undefined
  /** When the request was sent. */
  before: S | undefined
  fetched: S
}

/** What all parts have in common. */
export interface Part<Kind extends StreamKind, S extends State = State> {
  /** The stream whose events change it. */
  readonly stream: Kind
  readonly entry: Entry<S>
  /** The state after an event that is exactly next. May be called for many events in one batch of the cache. */
  fold(state: S, event: Events[Kind], rev: number, myId: string): S
  /**
   * Whether an event can be true, as far as this part can tell. Anybody with the channel's key can forge one, so this
   * refuses every change that a true event cannot make.
   */
  check(event: Events[Kind], context: EventContext<S>): boolean
  /**
   * Whether an event that is next shows that an earlier one had no data, as with `message.superseded`. It may be forged, so
   * it is not folded: the changes are fetched from the server.
   */
  showsGap?(event: Events[Kind], state: S): boolean
  /** Loads the state from the server. `isRepair` tells the server that the old state differed from its history. */
  load(options: { call: Call; id: string; isRepair: boolean }): Promise<S>
  /** The state after an event that this version cannot read. A part without this is then behind, and is caught up. */
  skip?(state: S, rev: number): S
  /** Keys, each followed by a room's id, that are removed from the cache when I am no longer in the room. */
  readonly forgets?: readonly QueryKey[]
}

/** A part that is caught up with the changes of its room. The cache may have it for some rooms only, and only a run of it. */
export interface ChangingPart<S extends State = State> extends Part<'room', S> {
  /** The state after a catch-up, or undefined when it has to be loaded again. */
  catchUp(state: S, changes: RoomChanges): S | undefined
  /** How the state is compared with the server's history, if it is. */
  readonly compare?: Comparison<S>
}

/** A part that is loaded as a whole whenever an event of it may have been missed. */
export interface WholePart<
  Kind extends StreamKind = StreamKind,
  S extends State = State,
> extends Part<Kind, S> {
  /** The state after a load. */
  merge(states: MergeStates<S>): S
}

export interface Comparison<S extends State> {
  /** The beginning of all cache keys of this part. */
  readonly keys: QueryKey
  /** What the request for changes has to contain for the comparison. */
  query(state: S): Record<string, string>
  /** Whether the state at the time of the request agrees with the server's history. */
  agrees(state: S, changes: RoomChanges, digestOf: DigestOf): Promise<boolean>
}

/** The entry of a part that has its own query. */
export function entryAt<S extends State>(keyOf: (id: string) => QueryKey): Entry<S> {
  return {
    read: (queryClient, id) => queryClient.getQueryData<S>(keyOf(id)),
    change: (queryClient, id, change) => queryClient.setQueryData<S>(keyOf(id), change),
  }
}
