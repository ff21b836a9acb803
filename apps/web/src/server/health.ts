import { createHealth, type Health } from '@conclave/client/connection/api-health'
import { createContext, use } from 'react'

const ANSWER_WITHIN_MS = 8_000

/** What is known of the api, by every call and by asking it. */
export function healthOfApi(apiUrl: string): Health {
  return createHealth({
    now: () => performance.now(),
    answers: async (path) => {
      const signal = AbortSignal.timeout(ANSWER_WITHIN_MS)
      const { ok, status, headers } = await fetch(apiUrl + path, { signal, credentials: 'omit' })
      // A host that shows no such path answers all the same; a page in its place is a proxy's.
      const isPage = ok && headers.get('content-type')?.startsWith('text/html')
      return status < 500 && !isPage
    },
  })
}

export const HealthContext = createContext<Health | undefined>(undefined)

export function useHealth(): Health {
  const health = use(HealthContext)
  if (!health) throw new Error('useHealth needs a HealthContext above it')
  return health
}
