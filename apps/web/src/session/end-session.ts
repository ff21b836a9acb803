import { endSession, listSessions } from '@conclave/shared/sessions'
import type { Call } from '../server/call.ts'

const TIMEOUT_MS = 2_000

/**
 * Ends this session at the api, so that it also refuses a copied token from now on. Without an answer the session ends
 * only here: signing out always works.
 */
export async function endThisSession(call: Call): Promise<void> {
  const timeout = new Promise<void>((resolve) => setTimeout(resolve, TIMEOUT_MS))
  await Promise.race([end(call).catch(() => undefined), timeout])
}

async function end(call: Call): Promise<void> {
  const { sessions } = await call(listSessions, {})
  const here = sessions.find(({ current }) => current)
  if (here) await call(endSession, { params: { sessionId: here.id } })
}
