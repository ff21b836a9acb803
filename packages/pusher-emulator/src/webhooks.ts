import type { VendorRecorder } from './record.ts'
import type { Settings } from './settings.ts'
import { createWebhookDeliveries, type WebhookCounts } from './webhook-deliveries.ts'

export type WebhookEvent = { name: string; channel: string } & Record<string, unknown>

export interface Webhooks {
  urls: readonly string[]
  readonly counts: WebhookCounts
  emit(event: WebhookEvent): void
  /** Emits after the debounce unless `cancelLater` comes first with the same key. */
  emitLater(key: string, event: WebhookEvent): void
  /** True when something was pending under the key: the client came back in time. */
  cancelLater(key: string): boolean
  reset(): void
  close(): void
}

// Pusher support, Channels: "What Is The Batch Size and Batch Window For Channels Webhooks?"
const BATCH_MAX_EVENTS = 20

/** Pusher docs, Webhooks: events are debounced and batched; each batch is posted to every URL. */
export function createWebhooks(settings: Settings, record: VendorRecorder): Webhooks {
  const deliveries = createWebhookDeliveries(settings, record)
  const debounced = new Map<string, NodeJS.Timeout>()
  let batch: WebhookEvent[] = []
  let batchTimer: NodeJS.Timeout | undefined

  const webhooks: Webhooks = {
    urls: settings.webhookUrls,
    counts: deliveries.counts,
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
    for (const url of webhooks.urls) deliveries.start(url, body)
  }

  function forgetBatch(): void {
    clearTimeout(batchTimer)
    batchTimer = undefined
    batch = []
  }

  function emitLater(key: string, event: WebhookEvent): void {
    cancelLater(key)
    const timer = setTimeout(() => {
      debounced.delete(key)
      emit(event)
    }, settings.webhookDebounceMs)
    debounced.set(key, timer.unref())
  }

  function cancelLater(key: string): boolean {
    clearTimeout(debounced.get(key))
    return debounced.delete(key)
  }

  function reset(): void {
    forgetBatch()
    for (const timer of debounced.values()) clearTimeout(timer)
    debounced.clear()
    deliveries.reset()
  }
}
