import type { App } from '../app-state.ts'
import { kindOf } from '../channel-name.ts'
import { recall } from '../protocol/cache-channel.ts'
import { HttpError } from './http-error.ts'

export type Attribute = 'user_count' | 'subscription_count' | 'cache'

const KNOWN: ReadonlySet<string> = new Set(['user_count', 'subscription_count', 'cache'])

/** The `info` parameter: a comma separated list. An attribute the app does not offer is a 400. */
export function parseInfo(app: App, info: unknown): Attribute[] {
  if (info === undefined || info === '') return []
  if (typeof info !== 'string') throw new HttpError(400, 'info should be a string')
  return info.split(',').map((name) => requireAttribute(app, name.trim()))
}

function requireAttribute(app: App, name: string): Attribute {
  if (!KNOWN.has(name)) throw new HttpError(400, `Invalid info attribute: ${name}`)
  if (name === 'subscription_count' && !app.settings.subscriptionCounts) {
    throw new HttpError(400, 'subscription_count is not enabled in the App Settings')
  }
  return name as Attribute
}

/** Pusher docs, HTTP API: user_count is for presence channels, cache for cache channels. */
export function requireAvailable(channel: string, attributes: readonly Attribute[]): void {
  for (const attribute of attributes) {
    if (isAvailable(channel, attribute)) continue
    throw new HttpError(400, `${attribute} may not be requested for channel ${channel}`)
  }
}

/** Attributes that the channel does not have are omitted, as in a publish to mixed channels. */
export function describe(
  app: App,
  name: string,
  attributes: readonly Attribute[],
  isThere = isAvailable,
): object {
  const channel = app.channels.get(name)
  const info: Record<string, unknown> = {}
  for (const attribute of attributes) {
    if (!isThere(name, attribute)) continue
    if (attribute === 'user_count') info.user_count = channel?.members.size ?? 0
    if (attribute === 'subscription_count') info.subscription_count = channel?.subscribers.size ?? 0
    if (attribute === 'cache') info.cache = cacheInfo(app, name)
  }
  return info
}

/** Pusher docs, HTTP API: the examples of answers to a publish count the connections of presence channels too. */
export function isToldOnPublish(channel: string, attribute: Attribute): boolean {
  return attribute === 'subscription_count' || isAvailable(channel, attribute)
}

function isAvailable(channel: string, attribute: Attribute): boolean {
  const kind = kindOf(channel)
  switch (attribute) {
    case 'user_count':
      return kind.access === 'presence'
    case 'subscription_count':
      return kind.access !== 'presence'
    case 'cache':
      return kind.cached
  }
}

function cacheInfo(app: App, name: string): { data: string; ttl: number } | null {
  const cached = recall(app, name)
  if (!cached) return null
  return { data: cached.data, ttl: Math.ceil((cached.expiresAt - Date.now()) / 1000) }
}
