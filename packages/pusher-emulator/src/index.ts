import { env } from 'node:process'
import { createApp, type App } from './app-state.ts'
import { createUpgrade } from './upgrade.ts'
import { refuseProduction } from './guard.ts'
import { createListener } from './http/listener.ts'
import { listenOnLoopback, type Listening } from './listen.ts'
import { createRecord, type VendorRecord } from './record.ts'
import { dropConnections, resetApp } from './reset-app.ts'
import { resolveSettings, type PusherEmulatorOptions } from './settings.ts'
import { stats, type Stats } from './stats.ts'
import { createWebhooks } from './webhooks.ts'

export type { Limits } from './pusher-limits.ts'
export type { Publish, VendorEntry, VendorFact, VendorRecord } from './record.ts'
export type { PusherEmulatorOptions } from './settings.ts'
export type { Stats } from './stats.ts'

export interface PusherEmulator extends AsyncDisposable {
  url: string
  host: string
  port: number
  appId: string
  key: string
  secret: string
  /** Everything that Pusher would have seen. */
  record: VendorRecord
  stats(): Stats
  /** Drops every connection, and clears the record, the cache, pending webhooks and the fault. */
  reset(): void
  setWebhookUrl(url: string | undefined): void
  close(): Promise<void>
}

/** Pusher Channels on loopback: the WebSocket protocol, the HTTP API, webhooks and a console. */
export async function startPusherEmulator(
  options: PusherEmulatorOptions = {},
): Promise<PusherEmulator> {
  refuseProduction(env)
  const settings = resolveSettings(options)
  const record = createRecord(settings.recordCap, settings.recordCapBytes)
  const app = createApp(settings, record, createWebhooks(settings, record))
  const listening = await listenOnLoopback(settings.port, createListener(app), createUpgrade(app))
  const { appId, key, secret } = settings
  return {
    url: `http://localhost:${listening.port}`,
    host: 'localhost',
    port: listening.port,
    appId,
    key,
    secret,
    record,
    stats: () => stats(app),
    reset: () => resetApp(app),
    setWebhookUrl: (url) =>
      void Object.assign(app.webhooks, { urls: url === undefined ? [] : [url] }),
    close: () => close(app, listening),
    [Symbol.asyncDispose]: () => close(app, listening),
  }
}

async function close(app: App, { servers }: Listening): Promise<void> {
  app.webhooks.close()
  dropConnections(app)
  await Promise.all(
    servers.map((server) => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()))
      server.closeAllConnections()
      return closed
    }),
  )
  app.webhooks.close()
}
