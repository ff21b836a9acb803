import type { Call } from '@conclave/shared/client'
import type { Events, StreamKind } from '@conclave/shared/events'
import type { DigestOf } from '@conclave/shared/messages.digest'
import type { RoomChanges } from '@conclave/shared/messages'
import type { QueryClient, QueryKey } from '@tanstack/query-core'

/** Whatever is held says up to which revision of its stream it is true. */
export interface State {
  rev: number
}

/** Where in the cache a part of one stream is held; `id` is the room's, or mine. */
export interface Entry<S extends State> {
  read(queryClient: QueryClient, id: string): S | undefined
  /** `change` is given what is held, and answers what is held from now on. */
  change(queryClient: QueryClient, id: string, change: (held: S | undefined) => S | undefined): void
}

/** An event as it came, and what is held when it comes. */
export interface Told<S extends State> {
  /** Of which room, or of whom. */
  id: string
  rev: number
  /** What this part holds, if the event is exactly next for it and will be folded into it. */
  next: S | undefined
}

/** What a whole answer meets: what is held when it comes, and what was held when it was asked for. */
export interface Answered<S extends State> {
  held: S | undefined
  asked: S | undefined
  fetched: S
}

/** What every part says of itself, however it is caught up. */
export interface Part<Kind extends StreamKind, S extends State = State> {
  /** The stream whose events change it. */
  readonly stream: Kind
  readonly entry: Entry<S>
  /** What is held after an event that is exactly next. It may be called for many events in one batch of the cache. */
  fold(held: S, event: Events[Kind], rev: number, myId: string): S
  /**
   * Whether an event can be true, as far as this part can tell. Anybody with the channel's key can write one, so this
   * refuses whatever would change more than a true event does.
   */
  check(event: Events[Kind], told: Told<S>): boolean
  /**
   * Whether an event that is next says that something before it was never told, as after `message.superseded`. It may be true
   * or not, so it is not folded: the server is asked.
   */
  skips?(event: Events[Kind], held: S): boolean
  /** Loads it anew. `isRepair` says to the server that what was held differs from its history. */
  load(options: { call: Call; id: string; isRepair: boolean }): Promise<S>
  /** What is held after an event of a newer server, of which only a load tells more; without this, it stays behind. */
  pass?(held: S, rev: number): S
  /** Keys of what goes when a room is not mine any more; each is followed by the room's id. */
  readonly forgets?: readonly QueryKey[]
}

/** A part that is caught up by what changed in its room. It may be held for some rooms only, and only partly. */
export interface ChangingPart<S extends State = State> extends Part<'room', S> {
  /** What is held after a catch-up, or undefined when it has to be loaded anew. */
  catchUp(held: S, changes: RoomChanges): S | undefined
  /** How it is held against the server's history, if it is. */
  readonly compare?: Comparison<S>
}

/** A part that is loaded whole whenever something of it may have been missed. */
export interface WholePart<
  Kind extends StreamKind = StreamKind,
  S extends State = State,
> extends Part<Kind, S> {
  /** What is held after an answer. */
  merge(answered: Answered<S>): S
}

export interface Comparison<S extends State> {
  /** What all keys of such a part begin with. */
  readonly keys: QueryKey
  /** What to ask of the server beside the changes. */
  query(held: S): Record<string, string>
  /** Whether the server's history is what was held when it was asked. */
  agrees(held: S, changes: RoomChanges, digestOf: DigestOf): Promise<boolean>
}

/** A part that is a query of its own. */
export function entryAt<S extends State>(keyOf: (id: string) => QueryKey): Entry<S> {
  return {
    read: (queryClient, id) => queryClient.getQueryData<S>(keyOf(id)),
    change: (queryClient, id, change) => queryClient.setQueryData<S>(keyOf(id), change),
  }
}
