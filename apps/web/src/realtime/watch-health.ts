import { getMe } from '@conclave/shared/people'
import type { Call } from '../server/call.ts'
import type { Health } from '../server/health.ts'

/** How long nobody has to have heard the api before it is asked whether it is there. */
const QUIET_MS = 20_000
const AGAIN_FIRST_MS = 1_000
const AGAIN_MAX_MS = 8_000

/** Notices that the api, or the way to a token for it, went away or came back, when nobody calls it anyway. */
export function watchHealth(options: {
  health: Health
  call: Call
  onChange: () => void
}): () => void {
  const { health, call, onChange } = options
  let timer: ReturnType<typeof setTimeout> | undefined
  let failures = 0
  let isAsking = false
  const stop = new AbortController()
  const { signal } = stop

  function schedule(): void {
    clearTimeout(timer)
    if (signal.aborted || isAsking) return
    const again = Math.min(AGAIN_FIRST_MS * 2 ** failures, AGAIN_MAX_MS)
    const wait = health.state() === 'answers' ? QUIET_MS : again
    timer = setTimeout(() => void look(), wait * (0.75 + Math.random() / 4))
  }

  async function look(): Promise<void> {
    isAsking = true
    const isQuiet = performance.now() - health.heardAt() > QUIET_MS / 2
    // Only a real call shows that there is a token again.
    if (health.state() === 'no-token') await call(getMe, {}).catch(() => undefined)
    else if (health.state() === 'silent' || (isQuiet && !document.hidden)) await health.ask()
    isAsking = false
    failures = health.state() === 'answers' ? 0 : failures + 1
    schedule()
  }

  function lookNow(): void {
    if (document.hidden || isAsking) return
    failures = 0
    clearTimeout(timer)
    void look()
  }

  const unsubscribe = health.subscribe(() => {
    onChange()
    schedule()
  })
  window.addEventListener('online', lookNow, { signal })
  document.addEventListener('visibilitychange', lookNow, { signal })
  schedule()
  return () => {
    stop.abort()
    clearTimeout(timer)
    unsubscribe()
  }
}
