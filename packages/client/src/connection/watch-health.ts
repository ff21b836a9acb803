import type { Call } from '@conclave/shared/client'
import { getMe } from '@conclave/shared/people'
import type { Environment } from '../environment.ts'
import type { Health } from './api-health.ts'
import { createTimer } from './timer.ts'

/** How long nobody has to have heard the api before it is asked whether it is there. */
const QUIET_MS = 20_000
const AGAIN_FIRST_MS = 1_000
const AGAIN_MAX_MS = 8_000

/** Notices that the api, or the way to a token for it, went away or came back, when nobody calls it anyway. */
export function watchHealth(options: {
  health: Health
  call: Call
  environment: Environment
  onChange: () => void
}): () => void {
  const { health, call, environment, onChange } = options
  const { clock, isHidden, onNetwork, onVisibility } = environment
  let isClosed = false
  const timer = createTimer(clock)
  let failures = 0
  let isAsking = false

  function schedule(): void {
    timer.stop()
    if (isClosed || isAsking) return
    const again = Math.min(AGAIN_FIRST_MS * 2 ** failures, AGAIN_MAX_MS)
    const wait = health.state() === 'answers' ? QUIET_MS : again
    timer.start(wait * (0.75 + Math.random() / 4), () => void look())
  }

  async function look(): Promise<void> {
    isAsking = true
    const isQuiet = clock.now() - health.heardAt() > QUIET_MS / 2
    // Only a real call shows that there is a token again.
    if (health.state() === 'no-token') await call(getMe, {}).catch(() => undefined)
    else if (health.state() === 'silent' || (isQuiet && !isHidden())) await health.ask()
    isAsking = false
    failures = health.state() === 'answers' ? 0 : failures + 1
    schedule()
  }

  function lookNow(): void {
    if (isHidden() || isAsking) return
    failures = 0
    timer.stop()
    void look()
  }

  const stops = [
    health.subscribe(() => {
      onChange()
      schedule()
    }),
    onNetwork(() => environment.isOnline() && lookNow()),
    onVisibility(lookNow),
  ]
  schedule()
  return () => {
    isClosed = true
    timer.stop()
    for (const stop of stops) stop()
  }
}
