import type { Call } from '@conclave/shared/client'
import type { Events, PersonHint, StreamKind } from '@conclave/shared/events'
import type { Sha256 } from '@conclave/shared/hashes'
import type { DigestOf } from '@conclave/shared/messages.digest'
import type { RoomChanges } from '@conclave/shared/messages'
import type { QueryClient, QueryKey } from '@tanstack/query-core'
import type { PeopleLoader } from '../people/people-loader.ts'

export interface State {
  /** The revision of the stream that this state reflects. */
  rev: number
}

/** The part of a query cache that folds need. */
export interface Cache {
  getQueryData<S>(key: QueryKey): S | undefined
  setQueryData<S>(key: QueryKey, change: (state: S | undefined) => S | undefined): unknown
}

/** Where the cache has the state of a part; `id` is the room's or my own. */
export interface Entry<S extends State> {
  read(cache: Cache, id: string): S | undefined
  /** `change` receives the current state and returns the next one. */
  change(cache: Cache, id: string, change: (state: S | undefined) => S | undefined): void
}

/** What a part needs beside an event to check it. */
export interface EventContext<S extends State> {
  /** The id of the room, or my own. */
  id: string
  rev: number
  /** The part's state, if the event is exactly next for it and would be folded. */
  next: S | undefined
}

/** What all parts have in common. */
export interface Part<Kind extends StreamKind, S extends State = State> {
  /** The stream whose events change it. */
  readonly stream: Kind
  readonly entry: Entry<S>
  /**
   * The state after an event that is exactly next. May be called for many events before the cache has any of them. What
   * it does not change stays the very same objects.
   */
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
  /**
   * The ids of the rooms or people of this state that an event changes, if nothing else would show that it was forged: the
   * next load has to include them (`LoadContext.unconfirmed`).
   */
  unconfirmedBy?(event: Events[Kind], id: string, state: S): readonly string[]
  /** The state after an event that this version cannot read. A part without this is then behind, and is caught up. */
  skip?(state: S, rev: number): S
  /** Keys, each followed by a room's id, that are removed from the cache when I am no longer in the room. */
  readonly forgets?: readonly QueryKey[]
}

/** A part that is caught up with the changes of its room. The cache may have it for some rooms only, and only a run of it. */
export interface ChangingPart<S extends State = State> extends Part<'room', S> {
  /** The beginning of all cache keys of this part; the room's id follows. */
  readonly keys: QueryKey
  /** Loads the state from the server again, as much of it as there was. */
  load(options: LoadAgain<S>): Promise<S>
  /** The state after a catch-up, or undefined when it has to be loaded again. */
  catchUp(state: S, changes: RoomChanges): S | undefined
  /** How the state is compared with the server's history, if it is. */
  readonly compare?: Comparison<S>
  /**
   * Asks the server for what events have changed in a state that is not compared (`unconfirmedBy`). Returns how to put the
   * answer into the current state; undefined if there is nothing to ask.
   */
  confirm?(options: Confirming<S>): Promise<Answer<S> | undefined>
}

export interface LoadAgain<S extends State> {
  call: Call
  id: string
  /** Tells the server that the state differed from its history. */
  isRepair: boolean
  /** The state so far; undefined when there is none. */
  before: S | undefined
}

export interface Confirming<S extends State> {
  call: Call
  id: string
  state: S
  /** The ids of everything in doubt, in any part. */
  unconfirmed: ReadonlySet<string>
}

export interface Answer<S extends State> {
  putInto(state: S): Confirmed<S>
}

export interface Confirmed<S extends State> {
  state: S
  /** What is in it as the server has it. */
  ids: readonly string[]
}

/** A part that is compared with the server as a whole whenever an event of it may have been missed. */
export interface WholePart<
  Kind extends StreamKind = StreamKind,
  S extends State = State,
  Answer extends State = State,
> extends Part<Kind, S> {
  /** The cache has it only where something shows it, which asks for it first; nothing waits for it. */
  readonly isOptional?: true
  /** Asks the server for what differs from the state `before`, or for everything if there is none. */
  load(context: LoadContext<S>): Promise<Answer>
  /** The state after a load. */
  merge(states: MergeStates<S, Answer>): S
  /** The ids of the rooms or people that are in the state after `merge` as the server has them. */
  confirmedBy(answer: Answer, state: S, id: string): readonly string[]
  /** Takes a hint, which has no revision of its own; returns whether it shows that something is missing. */
  takeHint?(cache: Cache, hint: PersonHint, rev: number): boolean
}

/** What the load of a part is about. */
export interface LoadContext<S extends State> {
  call: Call
  sha256: Sha256
  people: PeopleLoader
  id: string
  /** The state when the request is sent. */
  before: S | undefined
  /** What the list of my rooms says of the stream, if it has just been compared with the server. */
  listed: Listed | undefined
  /** The ids of rooms and people whose state an event has changed since the server's answer last had them. */
  unconfirmed: ReadonlySet<string>
}

export interface Listed {
  /** The revision of the stream. */
  rev: number
  /** The revision that the part had before the server was asked; later events may have moved it since. */
  revBefore: number | undefined
}

/** The states that are merged when a part was loaded. */
export interface MergeStates<S extends State, Answer extends State = S> {
  /** When the answer arrived. */
  current: S | undefined
  /** When the request was sent. */
  before: S | undefined
  fetched: Answer
}

export interface Comparison<S extends State> {
  /** What the request for changes has to contain for the comparison. */
  query(state: S): Record<string, string>
  /** Whether the state at the time of the request agrees with the server's history. */
  agrees(state: S, changes: RoomChanges, digestOf: DigestOf): Promise<boolean>
}

/** The entry of a part that has its own query. */
export function entryAt<S extends State>(keyOf: (id: string) => QueryKey): Entry<S> {
  return {
    read: (cache, id) => cache.getQueryData<S>(keyOf(id)),
    change: (cache, id, change) => void cache.setQueryData<S>(keyOf(id), change),
  }
}

/** The ids of the rooms whose messages, or whatever else is caught up by room, the cache has. */
export function heldRooms(queryClient: QueryClient, { keys }: ChangingPart): string[] {
  return queryClient
    .getQueryCache()
    .findAll({ queryKey: keys })
    .filter(({ state }) => state.data !== undefined)
    .map(({ queryKey }) => String(queryKey[1]))
}
