import type { App } from '../app-state.ts'
import { isRecord, parseRecord } from '../protocol/frames.ts'
import { describe, isToldOnPublish, parseInfo, type Attribute } from './attributes.ts'
import { HttpError } from './http-error.ts'
import { parseEvent, requireChannels, type PublishedEvent } from './published-event.ts'
import { publish } from './publish.ts'
import type { ApiRequest } from './request.ts'

/** POST /apps/:id/events */
export function postEvents(app: App, request: ApiRequest): object {
  const body = requireBody(request)
  const event = parseEvent(app, body, requireChannels(app, body))
  const attributes = parseInfo(app, body.info)
  publish(app, event, request.body)
  if (attributes.length === 0) return {}
  return { channels: describeAll(app, event, attributes) }
}

/** POST /apps/:id/batch_events. Nothing is published unless the whole batch is valid. */
export function postBatchEvents(app: App, request: ApiRequest): object {
  const { batch } = requireBody(request)
  if (!Array.isArray(batch)) throw new HttpError(400, 'Missing required parameter: batch')
  const limit = app.settings.limits.eventsPerBatch
  if (batch.length > limit) {
    throw new HttpError(400, `Batch too large (> ${limit}): ${batch.length} events`)
  }
  const parsed = batch.map((item) => parseBatchItem(app, item))
  for (const { event } of parsed) publish(app, event, request.body)
  if (parsed.every(({ attributes }) => attributes.length === 0)) return {}
  return {
    batch: parsed.map(({ event, attributes }) => {
      const [name = ''] = event.channels
      return describe(app, name, attributes, isToldOnPublish)
    }),
  }
}

function parseBatchItem(app: App, item: unknown): Parsed {
  if (!isRecord(item)) throw new HttpError(400, 'Every event of a batch should be an object')
  if (typeof item.channel !== 'string') {
    throw new HttpError(400, 'Missing required parameter: channel')
  }
  const channels = requireChannels(app, { channel: item.channel })
  return { event: parseEvent(app, item, channels), attributes: parseInfo(app, item.info) }
}

interface Parsed {
  event: PublishedEvent
  attributes: Attribute[]
}

function describeAll(app: App, event: PublishedEvent, attributes: readonly Attribute[]): object {
  return Object.fromEntries(
    event.channels.map((name) => [name, describe(app, name, attributes, isToldOnPublish)]),
  )
}

function requireBody(request: ApiRequest): Record<string, unknown> {
  const body = parseRecord(request.body)
  if (!body) throw new HttpError(400, 'The request body should be a JSON object')
  return body
}
