/** What is measured: Conclave, and the peers it is compared with. */
export type ContestantName = 'conclave' | 'tutorial' | 'socketio-normal' | 'socketio-full'

/** A message that was acknowledged to its sender. */
export interface Posted {
  id: string
  room: number
  client: number
  text: string
  /** The place in the room that the answer had, if any. */
  seq: number | undefined
}

/** The result for the acknowledged messages. */
export interface Audit {
  acknowledged: number
  /** Of those, stored exactly once, as they were sent and in the order of the answers. */
  kept: number
}

/** People who are subscribed to one room, over the real network. */
export interface Audience {
  readonly size: number
  /** Starts counting. */
  begin(): void
  deliveries(): number
  /** How many messages everybody has by now. */
  complete(): number
  /** When everybody had each message, by its id; throws if subscribers received different things. */
  arrivals(): Map<string, number>
  close(): void
}

export interface Contestant {
  readonly name: ContestantName
  pid(): number
  /** Before each round: renews what expires. */
  prepare(clients: number): Promise<void>
  /** Sends one message; resolves once it is acknowledged. */
  post(client: number, room: number, text: string): Promise<Posted>
  /** Resolves once the acknowledged messages cause no more work. */
  settle(): Promise<void>
  listen(size: number, room: number): Promise<Audience>
  /** Compares the messages acknowledged since the last audit with what is stored. */
  audit(): Promise<Audit>
  close: () => Promise<void>
}

/** How many rooms receive messages, unless a measure is about one room. */
export const ROOMS = 10
/** How many rooms exist. */
export const ROOMS_IN_ALL = 100
