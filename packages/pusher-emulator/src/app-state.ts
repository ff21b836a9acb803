import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import type { ChannelKind } from './channel-name.ts'
import type { FrameFaults } from './frame-faults.ts'
import type { VendorRecorder } from './record.ts'
import type { Settings } from './settings.ts'
import type { Webhooks } from './webhooks.ts'

export interface SignedInUser {
  id: string
  info: unknown
  watchlist: readonly string[]
}

export interface Connection {
  readonly socketId: string
  readonly socket: WebSocket
  /** The version of the protocol that the client speaks. */
  readonly protocol: number
  /** The TCP stream under `socket`; whole frames are written to it directly. */
  readonly stream: Duplex
  readonly channels: Set<Channel>
  readonly timers: Set<NodeJS.Timeout>
  user: SignedInUser | undefined
  heardAt: number
  clientEventWindow: { startedAt: number; count: number }
}

export interface Member {
  id: string
  info: unknown
  connections: Set<Connection>
}

export interface Channel {
  readonly name: string
  readonly kind: ChannelKind
  readonly subscribers: Set<Connection>
  /** Presence only: people, not sockets. */
  readonly members: Map<string, Member>
  countTimer: NodeJS.Timeout | undefined
  /** Whether the webhook about the empty cache was already sent. */
  missTold: boolean
}

export interface CachedEvent {
  frame: string
  data: string
  expiresAt: number
}

export interface Fault {
  mode: 'none' | 'down' | 'slow' | 'error'
  delayMs: number
  status: number
}

export interface Totals {
  publishes: number
  deliveries: number
  received: number
  slowConsumersCut: number
  /** Deliveries that were dropped, duplicated or reordered on purpose. */
  dropped: number
  duplicated: number
  reordered: number
}

export const NO_TOTALS: Totals = {
  publishes: 0,
  deliveries: 0,
  received: 0,
  slowConsumersCut: 0,
  dropped: 0,
  duplicated: 0,
  reordered: 0,
}

/** The emulated app: all state that changes while it runs. */
export interface App {
  readonly settings: Settings
  readonly connections: Map<string, Connection>
  readonly channels: Map<string, Channel>
  readonly users: Map<string, Set<Connection>>
  readonly cache: Map<string, CachedEvent>
  readonly record: VendorRecorder
  readonly webhooks: Webhooks
  readonly totals: Totals
  /** Streams to flush at the end of this turn. */
  readonly corked: Duplex[]
  readonly fault: Fault
  /** Aborted when another fault begins. */
  readonly faultOver: AbortController
  /** The faults of deliveries to subscribers; undefined for the normal, fast path. */
  frameFaults: FrameFaults | undefined
  /** Functions that release the frames held back for reordering. */
  readonly overtaken: WeakMap<Connection, Set<() => void>>
}

export const NO_FAULT: Fault = { mode: 'none', delayMs: 0, status: 500 }

export function createApp(settings: Settings, record: VendorRecorder, webhooks: Webhooks): App {
  return {
    settings,
    record,
    webhooks,
    connections: new Map(),
    channels: new Map(),
    users: new Map(),
    cache: new Map(),
    corked: [],
    totals: { ...NO_TOTALS },
    fault: NO_FAULT,
    faultOver: new AbortController(),
    frameFaults: undefined,
    overtaken: new WeakMap(),
  }
}
