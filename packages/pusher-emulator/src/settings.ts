import { PUSHER_LIMITS, type Limits } from './pusher-limits.ts'

export interface PusherEmulatorOptions {
  /** 0 takes any free port. */
  port?: number
  appId?: string
  key?: string
  secret?: string
  activityTimeoutSeconds?: number
  pongTimeoutSeconds?: number
  webhookUrl?: string
  webhooks?: readonly { url: string }[]
  /** How long a vacated channel or a member who left may come back unnoticed. Pusher: up to 3 s. */
  webhookDebounceMs?: number
  /** How long events are gathered into one webhook. Pusher: up to 250 ms. */
  webhookBatchMs?: number
  webhookFirstRetryMs?: number
  webhookGiveUpMs?: number
  clientEvents?: boolean
  subscriptionCounts?: boolean
  watchlist?: boolean
  /** Closes sockets that neither sign in nor join a private channel in time; off when absent. */
  authorizedConnectionsTimeoutMs?: number
  /** False behaves like an app that is disabled in the dashboard: 4003 and HTTP 403. */
  enabled?: boolean
  /** True refuses plain ws:// with 4000. */
  tlsOnly?: boolean
  recordCap?: number
  recordCapBytes?: number
  /** 'events' stores a fan-out once with its recipient count; 'deliveries' adds one entry per socket. */
  recordFrames?: 'events' | 'deliveries'
  limits?: Partial<Limits>
}

export interface Settings {
  port: number
  appId: string
  key: string
  secret: string
  activityTimeoutSeconds: number
  pongTimeoutSeconds: number
  webhookUrls: readonly string[]
  webhookDebounceMs: number
  webhookBatchMs: number
  webhookFirstRetryMs: number
  webhookGiveUpMs: number
  clientEvents: boolean
  subscriptionCounts: boolean
  watchlist: boolean
  authorizedConnectionsTimeoutMs: number | undefined
  enabled: boolean
  tlsOnly: boolean
  recordCap: number
  recordCapBytes: number
  recordFrames: 'events' | 'deliveries'
  limits: Limits
}

export function resolveSettings(options: PusherEmulatorOptions): Settings {
  return {
    port: options.port ?? 0,
    appId: options.appId ?? 'local-app',
    key: options.key ?? 'local-key',
    secret: options.secret ?? 'local-secret',
    activityTimeoutSeconds: options.activityTimeoutSeconds ?? 120,
    pongTimeoutSeconds: options.pongTimeoutSeconds ?? 30,
    webhookUrls: webhookUrls(options),
    webhookDebounceMs: options.webhookDebounceMs ?? 3000,
    webhookBatchMs: options.webhookBatchMs ?? 250,
    webhookFirstRetryMs: options.webhookFirstRetryMs ?? 1000,
    webhookGiveUpMs: options.webhookGiveUpMs ?? 5 * 60_000,
    clientEvents: options.clientEvents ?? true,
    subscriptionCounts: options.subscriptionCounts ?? false,
    watchlist: options.watchlist ?? true,
    authorizedConnectionsTimeoutMs: options.authorizedConnectionsTimeoutMs,
    enabled: options.enabled ?? true,
    tlsOnly: options.tlsOnly ?? false,
    recordCap: options.recordCap ?? 50_000,
    recordCapBytes: options.recordCapBytes ?? 64 * 1024 * 1024,
    recordFrames: options.recordFrames ?? 'events',
    limits: { ...PUSHER_LIMITS, ...options.limits },
  }
}

function webhookUrls(options: PusherEmulatorOptions): string[] {
  const urls = (options.webhooks ?? []).map((webhook) => webhook.url)
  return options.webhookUrl === undefined ? urls : [...urls, options.webhookUrl]
}
