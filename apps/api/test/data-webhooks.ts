import { createHmac, randomUUID } from 'node:crypto'
import { channelName } from '@conclave/shared/channels'
import { EVENTS_SECRET, type Harness } from './harness.ts'
import { send, type Answer } from './raw-request.ts'

interface WebhookOptions {
  atMs?: number
  /** Sent instead of the right value; undefined omits the header. */
  headers?: Record<string, string | undefined>
  secret?: string
  /** The body to send, if it is not the signed one. */
  body?: string
}

/** A webhook as Pusher sends it, with these differences. */
export async function sendWebhook(
  harness: Harness,
  events: readonly unknown[],
  options: WebhookOptions = {},
): Promise<Answer> {
  const signed = JSON.stringify({ time_ms: options.atMs ?? Date.now(), events })
  const headers: Record<string, string | undefined> = {
    'content-type': 'application/json',
    'x-pusher-key': harness.pusher.key,
    'x-pusher-signature': signatureOf(options.secret ?? harness.pusher.secret, signed),
    ...options.headers,
  }
  return send(`${harness.url}/pusher/webhooks`, {
    method: 'POST',
    headers: Object.entries(headers).filter(
      (line): line is [string, string] => line[1] !== undefined,
    ),
    body: options.body ?? signed,
  })
}

export function signatureOf(secret: string, body: string): string {
  return createHmac('sha256', secret).update(body).digest('hex')
}

/** The current name of a person's own channel. */
export async function personChannel({ sql }: Harness, personId: string): Promise<string> {
  const [person] = await sql<{ epoch: number }[]>`select epoch from people where id = ${personId}`
  return channelName({ kind: 'person', personId, epoch: person?.epoch ?? 0 })
}

/** An event about a person, as Auth0 sends it. */
export async function sendAuth0Event(
  { url, sql }: Harness,
  personId: string,
  about: { blocked: boolean },
): Promise<Answer> {
  const [person] = await sql<{ sub: string }[]>`
    select auth0_sub as sub from people where id = ${personId}`
  const object = { user_id: person?.sub, ...about }
  return send(`${url}/auth0/events`, {
    method: 'POST',
    headers: [
      ['content-type', 'application/json'],
      ['authorization', `Bearer ${EVENTS_SECRET}`],
    ],
    body: JSON.stringify({ id: `evt_${randomUUID()}`, type: 'user.updated', data: { object } }),
  })
}
