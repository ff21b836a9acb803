import { sign } from './hmac.ts'
import type { VendorRecorder } from './record.ts'
import type { Settings } from './settings.ts'

export interface WebhookCounts {
  sent: number
  failed: number
  dropped: number
  pending: number
}

export interface WebhookDeliveries {
  readonly counts: WebhookCounts
  start(url: string, body: string): void
  /** Forgets what is still being delivered. */
  reset(): void
}

const ATTEMPT_TIMEOUT_MS = 5000
const PENDING_CAP = 10_000

/** Pusher docs, Webhooks: each POST is signed, and retried with back-off for 5 minutes. */
export function createWebhookDeliveries(
  settings: Settings,
  record: VendorRecorder,
): WebhookDeliveries {
  const counts: WebhookCounts = { sent: 0, failed: 0, dropped: 0, pending: 0 }
  const retries = new Set<NodeJS.Timeout>()
  let stop = new AbortController()
  return { counts, start, reset }

  function start(url: string, body: string): void {
    if (counts.pending >= PENDING_CAP) {
      counts.dropped += 1
      return
    }
    counts.pending += 1
    void attempt({ url, body, startedAt: Date.now(), retryAfterMs: settings.webhookFirstRetryMs })
  }

  async function attempt(delivery: Delivery): Promise<void> {
    const { url, body, startedAt, retryAfterMs } = delivery
    const { signal } = stop
    const status = await post(delivery, settings, signal)
    if (signal.aborted) return
    record.add({ kind: 'webhook', url, body, status })
    if (status >= 200 && status < 300) return settle('sent')
    if (Date.now() + retryAfterMs - startedAt > settings.webhookGiveUpMs) return settle('failed')
    const timer = setTimeout(() => {
      retries.delete(timer)
      void attempt({ ...delivery, retryAfterMs: retryAfterMs * 2 })
    }, retryAfterMs)
    retries.add(timer.unref())
  }

  function settle(outcome: 'sent' | 'failed'): void {
    counts.pending -= 1
    counts[outcome] += 1
  }

  function reset(): void {
    for (const timer of retries) clearTimeout(timer)
    retries.clear()
    stop.abort()
    stop = new AbortController()
    counts.pending = 0
  }
}

interface Delivery {
  url: string
  body: string
  startedAt: number
  retryAfterMs: number
}

/** The response's status, or 0 without a response. */
async function post(
  { url, body }: Delivery,
  settings: Settings,
  signal: AbortSignal,
): Promise<number> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(ATTEMPT_TIMEOUT_MS)]),
      headers: {
        // The pusher library accepts only this exact value, without a charset.
        'content-type': 'application/json',
        'x-pusher-key': settings.key,
        'x-pusher-signature': sign(settings.secret, body),
      },
    })
    await response.body?.cancel()
    return response.status
  } catch {
    return 0
  }
}
