import type { Environment } from '@conclave/client/environment'

/** What a client needs, as a browser has it. */
export const environment: Environment = {
  clock: {
    now: () => performance.now(),
    after: (ms, run) => {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
  },
  sha256: async (data) => {
    const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data
    return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  },
}
