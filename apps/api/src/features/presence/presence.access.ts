import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { Context } from '../../context.ts'
import { problem } from '../../problem.ts'

const OLDEST_MS = 10 * 60_000
const AHEAD_MS = 60_000

/** A webhook that Pusher has signed just now. */
export interface Webhook {
  /** A hash of the body: a repeat has the same. */
  id: string
  atMs: number
  events: readonly unknown[]
}

/** Accepts only a body that Pusher has signed for our app within the last ten minutes. */
export function accessWebhook(
  { pusher, config, log }: Pick<Context, 'pusher' | 'config' | 'log'>,
  headers: IncomingHttpHeaders,
  body: Buffer,
): Webhook {
  // The library reads the signature's length without checking that there is one.
  if (!/^[0-9a-f]{64}$/.test(String(headers['x-pusher-signature']))) refuse('signature-missing')
  if (headers['content-type'] !== 'application/json') refuse('content-type')
  const webhook = pusher.webhook({
    headers,
    rawBody: body.toString('utf8'),
  })
  // By the key that it names, which may be an earlier one: while keys are rotated, Pusher signs with the oldest active
  // key. The library compares signatures in constant time.
  if (!webhook.isValid([...config.pusher.previousKeys])) refuse(reasonOf(headers['x-pusher-key']))
  // A signed body may still be no object: `null` is JSON, too.
  const data: { time_ms?: unknown; events?: unknown } = Object(webhook.getData())
  const { time_ms: atMs, events } = data
  if (typeof atMs !== 'number' || !Number.isSafeInteger(atMs)) refuse('time')
  // The library accepts a signature of any age, so that an old request could be replayed.
  if (atMs < Date.now() - OLDEST_MS) refuse('too-old')
  if (atMs > Date.now() + AHEAD_MS) refuse('ahead')
  const id = `pusher:${createHash('sha256').update(body).digest('hex')}`
  return { id, atMs, events: Array.isArray(events) ? events : [] }

  function reasonOf(key: unknown): string {
    const keys = [config.pusher, ...config.pusher.previousKeys].map((pair) => pair.key)
    return keys.some((known) => known === key) ? 'signature' : 'key-unknown'
  }

  function refuse(reason: string): never {
    log.warn({ reason }, 'webhook refused')
    throw problem('not-signed-in')
  }
}
