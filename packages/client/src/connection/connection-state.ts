/**
 * How fresh what is shown is, and which server is away. `live`: every channel is heard, and everything missed was
 * fetched. `polling`: there is no socket, but the api answers, and is asked every so often. `outdated` and `lost`: what
 * would hear it is of an older version, or did not load, and only a reload brings it.
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

/** What is known of everything between here and the others. */
export interface Facts {
  /** Whether the device has a network at all. */
  isOnline: boolean
  api: 'answers' | 'silent' | 'no-token'
  socket: 'opening' | 'open' | 'none'
  /** Whether there is anything to show yet. */
  isLoaded: boolean
  /** Whether something is known to be missing. */
  isBehind: boolean
}

export function connectionState(facts: Facts): ConnectionState['kind'] {
  const { isOnline, api, socket, isLoaded, isBehind } = facts
  if (!isOnline) return 'offline'
  if (api === 'no-token') return 'sign-in-away'
  // Nothing at all answers: that is the network, whatever the device thinks of it.
  if (api === 'silent') return socket === 'none' ? 'offline' : 'api-away'
  if (socket === 'none') return isLoaded ? 'polling' : 'connecting'
  if (socket === 'opening' || !isLoaded) return 'connecting'
  return isBehind ? 'catching-up' : 'live'
}

/** The state of now, and whoever follows it. */
export interface States {
  now: () => ConnectionState['kind']
  become: (kind: ConnectionState['kind']) => void
  subscribe: (listener: (state: ConnectionState) => void) => () => void
  /** Tells nobody anything more. */
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
