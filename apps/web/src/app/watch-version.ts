import type { QueryClient } from '@tanstack/react-query'
import { servedBuild } from '../server/served-build.ts'
import type { KeptPlaces } from '../session/kept.ts'
import { reload } from './Broken.tsx'
import { lookForBuild } from './look-for-build.ts'
import { createQuiet } from './quiet.ts'
import { reloadedFor } from './reloaded-for.ts'

/**
 * Looks for a build other than this page's, reports whether there is one, and reloads for it once that disturbs nobody.
 */
export function watchVersion(options: {
  queryClient: QueryClient
  kept: KeptPlaces
  found: (hasAnother: boolean) => void
  signal: AbortSignal
}): void {
  const { queryClient, kept, found, signal } = options
  const isQuiet = createQuiet({ queryClient, kept, page: document, signal })
  const look = lookForBuild({
    served: servedBuild,
    found,
    isQuiet,
    reloaded: reloadedFor(() => sessionStorage),
    reload,
    signal,
  })
  for (const event of ['visibilitychange', 'resume'])
    document.addEventListener(event, look, { signal })
  window.addEventListener('online', look, { signal })
}
