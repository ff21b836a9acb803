import { sleep } from '../server/sleep.ts'

const TIMEOUT_MS = 5_000
const RETRY_MS = 2_000

/** Whether the tenant answers, checked with the document that every OpenID provider serves publicly. */
export async function tenantAnswers(domain: string, signal: AbortSignal): Promise<boolean> {
  try {
    const timeout = AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)])
    const { status } = await fetch(`${originOf(domain)}/.well-known/openid-configuration`, {
      cache: 'no-store',
      credentials: 'omit',
      signal: timeout,
    })
    return status < 500
  } catch {
    return false
  }
}

/** Settles once the tenant answers, or when it is aborted. */
export async function untilTenantAnswers(domain: string, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && !(await tenantAnswers(domain, signal))) {
    await sleep(RETRY_MS * (0.75 + Math.random() / 4))
  }
}

/** A domain without a scheme means https, as in the SDK. */
function originOf(domain: string): string {
  return /^https?:\/\//.test(domain) ? domain : `https://${domain}`
}
