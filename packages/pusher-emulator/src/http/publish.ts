import type { App } from '../app-state.ts'
import { kindOf } from '../channel-name.ts'
import { fanOut } from '../delivery.ts'
import { fanOutBadly } from '../bad-delivery.ts'
import { remember } from '../protocol/cache-channel.ts'
import { eventFrame } from '../protocol/frames.ts'
import type { PublishedEvent } from './published-event.ts'

export function publish(app: App, event: PublishedEvent, body: string): void {
  let recipients = 0
  for (const name of event.channels) recipients += publishTo(app, event, name)
  app.totals.publishes += 1
  app.record.add({
    kind: 'publish',
    channels: event.channels,
    event: event.name,
    data: event.data,
    recipients,
    body,
    ...(event.socketId === undefined ? {} : { socketId: event.socketId }),
  })
}

function publishTo(app: App, event: PublishedEvent, name: string): number {
  const channel = app.channels.get(name)
  const { cached } = kindOf(name)
  if (!channel && !cached) return 0
  const frame = eventFrame(event.name, event.data, name)
  if (cached) remember(app, name, frame, event.data)
  if (!channel) return 0
  const send = app.frameFaults ? fanOutBadly : fanOut
  return send(app, channel, frame, event.socketId)
}
