import { sign } from './hmac.ts'
import type { VendorRecorder } from './record.ts'
import type { Settings } from './settings.ts'

export type WebhookEvent = { name: string; channel: string } & Record<string, unknown>

export interface Webhooks {
  urls: readonly string[]
  readonly counts: { sent: number; failed: number; dropped: number; pending: number }
  emit(event: WebhookEvent): void
  /** Emits after the debounce unless `cancelLater` comes first with the same key. */
  emitLater(key: string, event: WebhookEvent): void
  /** True when something was pending under the key: the client came back in time. */
  cancelLater(key: string): boolean
  reset(): void
  close(): void
}

const ATTEMPT_TIMEOUT_MS = 5000
const PENDING_CAP = 10_000
// Pusher support, Channels: "What Is The Batch Size and Batch Window For Channels Webhooks?"
const BATCH_MAX_EVENTS = 20

/** Pusher docs, Webhooks: signed JSON POSTs, a few events each, retried with back-off for 5 minutes. */
export function createWebhooks(settings: Settings, record: VendorRecorder): Webhooks {
  const later = new Map<string, NodeJS.Timeout>()
  const retries = new Set<NodeJS.Timeout>()
  let stop = new AbortController()
  let batch: WebhookEvent[] = []
  let batchTimer: NodeJS.Timeout | undefined

  const webhooks: Webhooks = {
    urls: settings.webhookUrls,
    counts: { sent: 0, failed: 0, dropped: 0, pending: 0 },
    emit,
    emitLater,
    cancelLater,
    reset,
    close: reset,
  }
  return webhooks

  function emit(event: WebhookEvent): void {
    if (webhooks.urls.length === 0) return
    batch.push(event)
    if (batch.length >= BATCH_MAX_EVENTS) return send()
    batchTimer ??= setTimeout(send, settings.webhookBatchMs)
  }

  function send(): void {
    const body = JSON.stringify({ time_ms: Date.now(), events: batch })
    forgetBatch()
    for (const url of webhooks.urls) start(url, body)
  }

  function forgetBatch(): void {
    clearTimeout(batchTimer)
    batchTimer = undefined
    batch = []
  }

  function start(url: string, body: string): void {
    if (webhooks.counts.pending >= PENDING_CAP) {
      webhooks.counts.dropped += 1
      return
    }
    webhooks.counts.pending += 1
    void attempt({ url, body, startedAt: Date.now(), wait: settings.webhookFirstRetryMs })
  }

  async function attempt(job: Job): Promise<void> {
    const { signal } = stop
    const status = await post(job, settings, signal)
    if (signal.aborted) return
    record.add({ kind: 'webhook', url: job.url, body: job.body, status })
    if (status >= 200 && status < 300) return settle('sent')
    if (Date.now() + job.wait - job.startedAt > settings.webhookGiveUpMs) return settle('failed')
    const timer = setTimeout(() => {
      retries.delete(timer)
      void attempt({ ...job, wait: job.wait * 2 })
    }, job.wait)
    retries.add(timer.unref())
  }

  function settle(outcome: 'sent' | 'failed'): void {
    webhooks.counts.pending -= 1
    webhooks.counts[outcome] += 1
  }

  function emitLater(key: string, event: WebhookEvent): void {
    cancelLater(key)
    const timer = setTimeout(() => {
      later.delete(key)
      emit(event)
    }, settings.webhookDebounceMs)
    later.set(key, timer.unref())
  }

  function cancelLater(key: string): boolean {
    clearTimeout(later.get(key))
    return later.delete(key)
  }

  function reset(): void {
    forgetBatch()
    for (const timer of [...later.values(), ...retries]) clearTimeout(timer)
    later.clear()
    retries.clear()
    stop.abort()
    stop = new AbortController()
    webhooks.counts.pending = 0
  }
}

interface Job {
  url: string
  body: string
  startedAt: number
  wait: number
}

/** The answer's status, or 0 when none came. */
async function post(job: Job, settings: Settings, signal: AbortSignal): Promise<number> {
  try {
    const response = await fetch(job.url, {
      method: 'POST',
      body: job.body,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(ATTEMPT_TIMEOUT_MS)]),
      headers: {
        // The pusher library takes nothing but this exact value, without a charset.
        'content-type': 'application/json',
        'x-pusher-key': settings.key,
        'x-pusher-signature': sign(settings.secret, job.body),
      },
    })
    await response.body?.cancel()
    return response.status
  } catch {
    return 0
  }
}
