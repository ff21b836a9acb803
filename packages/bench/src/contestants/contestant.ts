/** What is measured: Conclave, and the peers it is held against. */
export type ContestantName = 'conclave' | 'tutorial' | 'socketio-normal' | 'socketio-full'

/** A message whose sender was told that it is accepted. */
export interface Posted {
  id: string
  room: number
  client: number
  text: string
  /** The place in the room that the answer named, where there is one. */
  seq: number | undefined
}

/** What became of the acknowledged messages. */
export interface Audit {
  acknowledged: number
  /** Of those, stored exactly once, as they were sent and in the order of the answers. */
  kept: number
}

/** People who listen to one room, through the real wire. */
export interface Audience {
  readonly size: number
  /** Counts from here on. */
  begin(): void
  deliveries(): number
  /** Messages that everybody has by now. */
  complete(): number
  /** When everybody had each message, by its id; fails when they heard different things. */
  arrivals(): Map<string, number>
  close(): void
}

export interface Contestant {
  readonly name: ContestantName
  pid(): number
  /** Before each round: renews what expires. */
  prepare(clients: number): Promise<void>
  /** Sends one message; resolves once it is accepted. */
  post(client: number, room: number, text: string): Promise<Posted>
  /** Whatever the accepted messages still cause is over. */
  settle(): Promise<void>
  listen(size: number, room: number): Promise<Audience>
  /** Holds the messages acknowledged since the last audit against what is stored. */
  audit(): Promise<Audit>
  close: () => Promise<void>
}

/** Rooms that messages go to where it is not about one room. */
export const ROOMS = 10
/** Rooms that there are. */
export const ROOMS_IN_ALL = 100
