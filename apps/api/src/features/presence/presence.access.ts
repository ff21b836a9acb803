import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { Context } from '../../context.ts'
import { problem } from '../../problem.ts'

const OLDEST_MS = 10 * 60_000
const AHEAD_MS = 60_000

/** What Pusher said, once it is certain that Pusher said it just now. */
export interface Webhook {
  /** The same for the same bytes. */
  id: string
  atMs: number
  events: readonly unknown[]
}

/** Only a body that Pusher signed for our app within the last ten minutes gets past this. */
export function accessWebhook(
  { pusher, config, log }: Pick<Context, 'pusher' | 'config' | 'log'>,
  headers: IncomingHttpHeaders,
  body: Buffer,
): Webhook {
  // The library reads the signature's length before it looks whether there is one.
  if (!/^[0-9a-f]{64}$/.test(String(headers['x-pusher-signature']))) refuse('signature-missing')
  if (headers['content-type'] !== 'application/json') refuse('content-type')
  const webhook = pusher.webhook({
    headers,
    rawBody: body.toString('utf8'),
  })
  // By the key it names, which may be an earlier one: while keys are changed, Pusher signs with the oldest that is active.
  // Compares the signature with one of its own without stopping at the first difference.
  if (!webhook.isValid([...config.pusher.previousKeys])) refuse(reasonOf(headers['x-pusher-key']))
  // Signed is not yet an object: `null` is JSON, too.
  const data: { time_ms?: unknown; events?: unknown } = Object(webhook.getData())
  const { time_ms: atMs, events } = data
  if (typeof atMs !== 'number' || !Number.isSafeInteger(atMs)) refuse('time')
  // The library believes a signature for ever; whoever once saw a request could send it again.
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
