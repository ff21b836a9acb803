/**
 * How current the screen is, and which server is down. `live`: every channel is subscribed, and everything missed was
 * fetched. `offline`: the device itself has no network. `polling`: there is no socket, but the api answers and is polled.
 * `outdated` and `lost`: the code that would receive events is of an older version, or did not load; only a reload helps.
 */
export type ConnectionState = {
  kind:
    | 'idle'
    | 'connecting'
    | 'catching-up'
    | 'live'
    | 'polling'
    | 'api-away'
    | 'sign-in-away'
    | 'offline'
    | 'outdated'
    | 'lost'
}

/** What the client knows about its network, its socket, the api and its own data. */
export interface Facts {
  /** Whether the device has a network. */
  isOnline: boolean
  api: 'answers' | 'silent' | 'no-token'
  socket: 'opening' | 'open' | 'none'
  /** Whether the lists are loaded, so that there is something to show. */
  isLoaded: boolean
  /** Whether something is known to be missing. */
  isBehind: boolean
}

/** What hinders more comes first, so that the state never promises what something else prevents. */
export function connectionState(facts: Facts): ConnectionState['kind'] {
  const { isOnline, api, socket, isLoaded, isBehind } = facts
  if (!isOnline) return 'offline'
  if (api === 'no-token') return 'sign-in-away'
  // Without it nothing is sent, whatever the broker does.
  if (api === 'silent') return 'api-away'
  if (socket === 'none') return isLoaded ? 'polling' : 'connecting'
  if (socket === 'opening' || !isLoaded) return 'connecting'
  return isBehind ? 'catching-up' : 'live'
}

/** Whether nothing that is written goes out in this state. */
export function holdsMessages(kind: ConnectionState['kind']): boolean {
  return kind === 'offline' || kind === 'api-away' || kind === 'sign-in-away'
}

/** The current state and its subscribers. */
export interface States {
  now: () => ConnectionState['kind']
  become: (kind: ConnectionState['kind']) => void
  subscribe: (listener: (state: ConnectionState) => void) => () => void
  /** Calls no listener any more. */
  close: () => void
}

export function createStates(): States {
  const listeners = new Set<(state: ConnectionState) => void>()
  let state: ConnectionState = { kind: 'connecting' }
  let isClosed = false
  return {
    now: () => state.kind,
    become: (kind) => {
      if (isClosed || kind === state.kind) return
      state = { kind }
      for (const listener of listeners) listener(state)
    },
    subscribe: (listener) => {
      listeners.add(listener)
      listener(state)
      return () => listeners.delete(listener)
    },
    close: () => {
      isClosed = true
    },
  }
}
