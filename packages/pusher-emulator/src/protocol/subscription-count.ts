import type { App, Channel } from '../app-state.ts'
import { announce } from '../delivery.ts'
import { eventFrame } from './frames.ts'

/** Pusher docs, Events: at once in small channels, every five seconds in large ones. */
export function announceCount(app: App, channel: Channel): void {
  if (!app.settings.subscriptionCounts) return
  if (channel.kind.access === 'server-to-user') return
  if (channel.subscribers.size <= app.settings.limits.subscriptionCountImmediate) {
    return sendCount(app, channel)
  }
  channel.countTimer ??= setTimeout(() => {
    channel.countTimer = undefined
    sendCount(app, channel)
  }, app.settings.limits.subscriptionCountIntervalMs).unref()
}

function sendCount(app: App, channel: Channel): void {
  const { name } = channel
  const count = channel.subscribers.size
  const data = JSON.stringify({ subscription_count: count })
  announce(app, channel, eventFrame('pusher_internal:subscription_count', data, name))
  app.webhooks.emit({ name: 'subscription_count', channel: name, subscription_count: count })
}
