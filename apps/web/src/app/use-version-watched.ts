import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useSyncExternalStore } from 'react'
import { useConnection } from '../realtime/RealtimeProvider.tsx'
import { useFirstViewShown } from '../server/first-view.ts'
import { loadPart } from '../server/parts.ts'
import { useVersion } from '../server/version.ts'
import { useKept } from '../session/session.ts'

/**
 * While this page does not fit the api, or cannot load a part of a newer build: looks for a build that fits, and
 * reloads for it.
 */
export function useVersionWatched(): void {
  const queryClient = useQueryClient()
  const kept = useKept()
  const { subscribe, fits, found } = useVersion()
  const doesFit = useSyncExternalStore(subscribe, fits)
  const isOutdated = useConnection().state.kind === 'outdated' || !doesFit
  const isFirstViewShown = useFirstViewShown()

  useEffect(() => {
    // Once there is another build, its parts may no longer be available.
    if (isFirstViewShown) loadWatch().catch(() => undefined)
  }, [isFirstViewShown])

  useEffect(() => {
    if (!isOutdated) return
    const stop = new AbortController()
    const { signal } = stop
    loadPart(loadWatch, (trouble) => trouble === 'newer' && found(true), signal).then(
      (watchVersion) => watchVersion({ queryClient, kept, found, signal }),
      () => undefined,
    )
    return () => stop.abort()
  }, [isOutdated, queryClient, kept, found])
}

async function loadWatch() {
  return (await import('./watch-version.ts')).watchVersion
}
