import { createHealth, type Health } from '@conclave/client/connection/api-health'
import { VERSION_HEADER } from '@conclave/shared/contract-version'
import { createContext, use } from 'react'

const TIMEOUT_MS = 5_000

/** What is known about the api, from every call and from checks of its health. */
export function healthOfApi(apiUrl: string, onVersion: (value: string | null) => void): Health {
  return createHealth({
    now: () => performance.now(),
    answers: async (path) => {
      const signal = AbortSignal.timeout(TIMEOUT_MS)
      const { ok, status, headers } = await fetch(apiUrl + path, { signal, credentials: 'omit' })
      onVersion(headers.get(VERSION_HEADER))
      // A host without this path answers 404, which counts. An HTML page comes from a proxy, and does not.
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
