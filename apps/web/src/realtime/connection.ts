import { roomsBehind } from '@conclave/client/replica/behind'
import { createReplica } from '@conclave/client/replica/replica'
import { channelsOf, EVERYTHING, missedOn, type Place } from '@conclave/client/replica/streams'
import { parseChannel } from '@conclave/shared/channels'
import type { Rooms } from '@conclave/shared/rooms'
import type { QueryClient } from '@tanstack/react-query'
import { PEOPLE_KEY } from '@conclave/client/keys/people.keys'
import { ALL_PENDING_KEY } from '@conclave/client/keys/messages.keys'
import { ROOMS_KEY } from '@conclave/client/keys/rooms.keys'
import type { Call } from '../server/call.ts'
import type { Health } from '../server/health.ts'
import { createCatchUp } from './catch-up.ts'
import { connectionState, type ConnectionState, type Facts } from './connection-state.ts'
import { environment } from './environment.ts'
import { createPolling } from './polling.ts'
import type { Socket } from './socket.ts'
import { createSubscriptions } from './subscriptions.ts'
import { watchWake } from './wake.ts'
import { watchHealth } from './watch-health.ts'

const RECONNECT_FIRST_MS = 2_000
const RECONNECT_MAX_MS = 15_000
/** pusher-js leaves a refused attempt to its 15 s timeout; nobody waits that long for a server that is back. */
const ATTEMPT_MS = 5_000
/** Over how long the members of a room spread their asking for its new key. */
const MOVE_WITHIN_MS = 500
/** Without a socket: who is there and what they are called changes less often than what is said. */
const POLL_PEOPLE_EVERY_MS = 60_000

export interface Connection {
  subscribe: (listener: (state: ConnectionState) => void) => () => void
  refresh: () => Promise<void>
  catchUpRoom: (roomId: string) => void
  close: () => void
}

/** Subscribe first, then fetch: what happened before a channel was heard is always asked for after. */
export function createConnection(options: {
  socket: Socket
  call: Call
  health: Health
  queryClient: QueryClient
  myId: string
}): Connection {
  const { socket, call, health, queryClient, myId } = options
  const listeners = new Set<(state: ConnectionState) => void>()
  let state: ConnectionState = { kind: 'connecting' }
  let closed = false
  /** Whether an attempt of the socket has failed and none has succeeded since. */
  let isRefused = false
  let refusals = 0
  let reconnect: ReturnType<typeof setTimeout> | undefined
  let attempt: ReturnType<typeof setTimeout> | undefined
  let moving: ReturnType<typeof setTimeout> | undefined
  let polledPeopleAt = performance.now()
  let wanted = new Set<string>()

  const replica = createReplica({
    call,
    queryClient,
    environment,
    myId,
    resync: (place) => catchUp.request(place),
  })
  const { fetchMissing } = replica
  const catchUp = createCatchUp({ fetchMissing, onChange: update })
  const subscriptions = createSubscriptions({
    socket,
    onHeard: (name) => catchUp.request(...missedOn(name)),
    // The usual reason is a channel that has moved to another epoch; the list of rooms knows where.
    onRefused: () => catchUp.request('person'),
    onEvent: (name, data) => {
      const channel = parseChannel(name)
      if (channel) replica.take(channel, data)
    },
  })

  const polling = createPolling({ poll, isHidden: () => document.hidden })

  socket.connection.bind('state_change', onSocket)
  const unwatchCache = queryClient.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'success') return
    const place: unknown = event.query.queryKey[0]
    if (place === ROOMS_KEY[0]) wantChannels()
    // Who writes expects an answer.
    else if (place === ALL_PENDING_KEY[0]) polling.hurry()
    // What a room's page was fetched from may be older than the events that came meanwhile.
    else if (roomsBehind(queryClient).length > 0) catchUp.request('loaded')
  })
  const unwatchWake = watchWake({
    tick: subscriptions.check,
    woke: () => (polling.hurry(), catchUp.request(...EVERYTHING)),
    slept: reopen,
    look,
    network: update,
  })

  const unwatchHealth = watchHealth({ health, call, onChange: onHealth })

  if (isLoaded()) wantChannels()
  else catchUp.request(...EVERYTHING)
  update()

  function wantChannels(): void {
    const rooms = queryClient.getQueryData<Rooms>(ROOMS_KEY)
    if (closed || moving || !rooms) return
    const names = channelsOf(rooms, myId)
    const isMove = hasOther(wanted, names) && hasOther(names, wanted)
    if (!isMove) return hear(names)
    // Everybody in the room is told of its new key at the same moment.
    moving = setTimeout(() => {
      moving = undefined
      hear(channelsOf(queryClient.getQueryData<Rooms>(ROOMS_KEY) ?? rooms, myId))
    }, Math.random() * MOVE_WITHIN_MS)
  }

  function hear(names: Set<string>): void {
    wanted = names
    subscriptions.want(names)
    update()
  }

  function onSocket(): void {
    if (closed) return
    boundAttempt()
    if (socket.connection.state === 'connected') {
      refusals = 0
      isRefused = false
      subscriptions.restart()
    }
    // pusher-js never comes back from a refusal by itself. Asking the api tells whether it was meant for me.
    if (['disconnected', 'failed'].includes(socket.connection.state)) {
      isRefused = true
      if (refusals === 0) catchUp.request('person')
      clearTimeout(reconnect)
      const wait = Math.min(RECONNECT_FIRST_MS * 2 ** refusals, RECONNECT_MAX_MS)
      reconnect = setTimeout(() => socket.connect(), wait * (0.5 + Math.random() / 2))
      refusals += 1
    }
    update()
  }

  /** Giving an attempt up makes the socket `disconnected`, which is tried again. */
  function boundAttempt(): void {
    if (['connecting', 'unavailable'].includes(socket.connection.state)) {
      attempt ??= setTimeout(() => socket.disconnect(), ATTEMPT_MS)
      return
    }
    clearTimeout(attempt)
    attempt = undefined
  }

  function reopen(): void {
    socket.disconnect()
    clearTimeout(reconnect)
    socket.connect()
    catchUp.request(...EVERYTHING)
  }

  /** Not yet a catch-up: nothing is known to be missing, and the line on the screen stays as it is. */
  function look(): void {
    if (state.kind !== 'live') return
    fetchMissing(new Set(['person', 'team'])).then(
      () => roomsBehind(queryClient).length > 0 && catchUp.request('loaded'),
      // The next look finds what this one could not.
      () => undefined,
    )
  }

  /** Everything may have happened while the api was away, also what could not be loaded because of it. */
  function onHealth(): void {
    if (health.state() === 'answers') catchUp.request(...EVERYTHING)
    update()
  }

  /** The list of rooms says which of them are further than what is held; only those are asked for. */
  async function poll(): Promise<boolean> {
    const before = queryClient.getQueryData<Rooms>(ROOMS_KEY)
    const isPeopleDue = performance.now() - polledPeopleAt > POLL_PEOPLE_EVERY_MS
    if (isPeopleDue) polledPeopleAt = performance.now()
    await fetchMissing(new Set<Place>(isPeopleDue ? ['person', 'team'] : ['person']))
    const behind = roomsBehind(queryClient)
    if (behind.length > 0) catchUp.request(...behind.map((id): Place => `room:${id}`))
    return revsOf(before) !== revsOf(queryClient.getQueryData<Rooms>(ROOMS_KEY))
  }

  async function refresh(): Promise<void> {
    if (socket.connection.state !== 'connected') reopen()
    await catchUp.now(...EVERYTHING)
  }

  function update(): void {
    if (closed) return
    const kind = connectionState(facts())
    if (kind === 'polling') polling.start()
    else polling.stop()
    if (kind === state.kind) return
    state = { kind }
    for (const listener of listeners) listener(state)
  }

  function facts(): Facts {
    return {
      isOnline: navigator.onLine,
      api: health.state(),
      socket: socketFact(),
      isLoaded: isLoaded(),
      isBehind: !subscriptions.allHeard() || catchUp.isBehind(),
    }
  }

  /** Trying again says nothing new to somebody who was told that there is no socket. */
  function socketFact(): Facts['socket'] {
    if (socket.connection.state === 'connected') return 'open'
    return isRefused ? 'none' : 'opening'
  }

  function isLoaded(): boolean {
    return [ROOMS_KEY, PEOPLE_KEY].every((key) => queryClient.getQueryData(key) !== undefined)
  }

  return {
    subscribe: (listener) => {
      listeners.add(listener)
      listener(state)
      return () => listeners.delete(listener)
    },
    refresh,
    catchUpRoom: (roomId) => catchUp.request(`room:${roomId}`),
    close: () => {
      closed = true
      clearTimeout(reconnect)
      clearTimeout(attempt)
      clearTimeout(moving)
      unwatchCache()
      unwatchWake()
      unwatchHealth()
      polling.stop()
      catchUp.close()
      subscriptions.close()
      socket.disconnect()
    },
  }
}

function revsOf(held: Rooms | undefined): string {
  return JSON.stringify(held && [held.rev, held.rooms.map(({ id, rev }) => [id, rev])])
}

function hasOther(names: Set<string>, than: Set<string>): boolean {
  return [...names].some((name) => !than.has(name))
}
