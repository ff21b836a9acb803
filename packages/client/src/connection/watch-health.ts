import type { Call } from '@conclave/shared/client'
import { getMe } from '@conclave/shared/people'
import type { Environment } from '../environment.ts'
import type { Health } from './api-health.ts'
import { createTimer } from './timer.ts'

/** How long after the api's last answer its health is checked. */
const QUIET_MS = 20_000
const RETRY_FIRST_MS = 1_000
const RETRY_MAX_MS = 8_000

/** Detects that the api or the tenant went down or came back, while no other call would show it. */
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
  let isChecking = false

  function schedule(): void {
    timer.stop()
    if (isClosed || isChecking) return
    const backoff = Math.min(RETRY_FIRST_MS * 2 ** failures, RETRY_MAX_MS)
    const wait = health.state() === 'answers' ? QUIET_MS : backoff
    timer.start(wait * (0.75 + Math.random() / 4), () => void check())
  }

  async function check(): Promise<void> {
    isChecking = true
    const isQuiet = clock.now() - health.answeredAt() > QUIET_MS / 2
    // Only a call that needs a token shows whether there is one again.
    if (health.state() === 'no-token') await call(getMe, {}).catch(() => undefined)
    else if (health.state() === 'silent' || (isQuiet && !isHidden())) await health.check()
    isChecking = false
    failures = health.state() === 'answers' ? 0 : failures + 1
    schedule()
  }

  function checkNow(): void {
    if (isHidden() || isChecking) return
    failures = 0
    timer.stop()
    void check()
  }

  const stops = [
    health.subscribe(() => {
      onChange()
      schedule()
    }),
    onNetwork(() => environment.isOnline() && checkNow()),
    onVisibility(checkNow),
  ]
  schedule()
  return () => {
    isClosed = true
    timer.stop()
    for (const stop of stops) stop()
  }
}
