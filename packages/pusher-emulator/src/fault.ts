import { setTimeout as delay } from 'node:timers/promises'
import type { App, Fault } from './app-state.ts'
import { HttpError } from './http/http-error.ts'

/** What the HTTP API suffers from now on, including the requests that a slow one holds: nothing outlasts its fault. */
export function beginFault(app: App, fault: Fault): void {
  app.faultOver.abort()
  Object.assign(app, { fault, faultOver: new AbortController() })
}

export async function suffer(app: App): Promise<void> {
  const { mode, delayMs, status } = app.fault
  if (mode === 'down') throw new HttpError(503, 'Service unavailable')
  if (mode === 'error') throw new HttpError(status, 'Emulated failure')
  if (mode === 'slow' && !(await hasPassed(delayMs, app.faultOver.signal))) await suffer(app)
}

/** False when the fault was over before. */
async function hasPassed(milliseconds: number, over: AbortSignal): Promise<boolean> {
  return delay(milliseconds, true, { ref: false, signal: over }).catch(() => false)
}
