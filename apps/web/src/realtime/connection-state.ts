/** How fresh what is shown is. `live`: every channel is heard, and everything missed was fetched. */
export type ConnectionState =
  | { kind: 'idle' }
  | { kind: 'connecting' }
  | { kind: 'catching-up' }
  | { kind: 'live' }
  | { kind: 'offline'; since: number }
