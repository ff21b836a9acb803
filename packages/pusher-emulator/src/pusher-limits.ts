/** Pusher's published limits. Tests can lower each of them. */
export interface Limits {
  channelNameChars: number
  eventNameChars: number
  eventDataBytes: number
  channelsPerPublish: number
  eventsPerBatch: number
  httpBodyBytes: number
  presenceMembers: number
  presenceUserInfoBytes: number
  userIdChars: number
  watchlistUsers: number
  clientEventsPerSecond: number
  frameBytes: number
  /** Connections the plan allows; more are closed with 4004. */
  connections: number
  /** Connections that this node can handle; more are closed with 4100. */
  capacity: number
  /** Unsent bytes after which a slow consumer is disconnected. */
  bufferedBytes: number
  cacheTtlMs: number
  /** Above this many subscribers, subscription counts are sent in intervals. */
  subscriptionCountImmediate: number
  subscriptionCountIntervalMs: number
}

export const PUSHER_LIMITS: Limits = {
  channelNameChars: 164,
  eventNameChars: 200,
  eventDataBytes: 10_240,
  channelsPerPublish: 100,
  eventsPerBatch: 10,
  httpBodyBytes: 1_048_576,
  presenceMembers: 100,
  presenceUserInfoBytes: 1024,
  userIdChars: 128,
  watchlistUsers: 100,
  clientEventsPerSecond: 10,
  frameBytes: 65_536,
  connections: Infinity,
  capacity: Infinity,
  bufferedBytes: 4 * 1024 * 1024,
  cacheTtlMs: 30 * 60_000,
  subscriptionCountImmediate: 100,
  subscriptionCountIntervalMs: 5000,
}
