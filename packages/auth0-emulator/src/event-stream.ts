import { randomUUID } from 'node:crypto'
import type { Auth0EmulatorOptions, EventTarget, Settings } from './options.ts'

export interface EventStream {
  target: EventTarget | undefined
  emit(type: string, object: object): void
  /** Forgets what is still being delivered. */
  reset(): void
}

const ATTEMPTS = 4
const ATTEMPT_TIMEOUT_MS = 5_000

/** Auth0 docs, Events best practices: at least once, in no order, retried after 1, 2 and 4 s, but not after a 4xx. */
export function createEventStream(
  { url, managementAudience }: Settings,
  { events, eventsFirstRetryMs = 1_000 }: Auth0EmulatorOptions,
): EventStream {
  const timers = new Set<NodeJS.Timeout>()
  let stop = new AbortController()
  const stream: EventStream = { target: events, emit, reset }
  return stream

  function emit(type: string, object: object): void {
    if (!stream.target) return
    const event = {
      specversion: '1.0',
      type,
      source: `urn:auth0:${new URL(url).host}`,
      id: `evt_${randomUUID().replaceAll('-', '')}`,
      time: new Date().toISOString(),
      a0tenant: 'local',
      a0stream: 'est_local',
      data: { object, context: { tenant: { tenant_id: managementAudience } } },
    }
    void attempt({ target: stream.target, body: JSON.stringify(event) }, 1)
  }

  async function attempt(job: Job, nth: number): Promise<void> {
    const { signal } = stop
    const status = await post(job, signal)
    if (signal.aborted || (status >= 200 && status < 500) || nth === ATTEMPTS) return
    const timer = setTimeout(
      () => {
        timers.delete(timer)
        void attempt(job, nth + 1)
      },
      eventsFirstRetryMs * 2 ** (nth - 1),
    )
    timers.add(timer.unref())
  }

  function reset(): void {
    for (const timer of timers) clearTimeout(timer)
    timers.clear()
    stop.abort()
    stop = new AbortController()
  }
}

interface Job {
  target: EventTarget
  body: string
}

/** The response's status, or 0 without a response. */
async function post({ target, body }: Job, signal: AbortSignal): Promise<number> {
  try {
    const response = await fetch(target.url, {
      method: 'POST',
      body,
      redirect: 'manual',
      signal: AbortSignal.any([signal, AbortSignal.timeout(ATTEMPT_TIMEOUT_MS)]),
      headers: { 'content-type': 'application/json', authorization: `Bearer ${target.token}` },
    })
    await response.body?.cancel()
    return response.status
  } catch {
    return 0
  }
}
