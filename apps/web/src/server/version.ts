import { fitOf } from '@conclave/shared/contract-version'
import { createContext, use, useSyncExternalStore } from 'react'

/**
 * Whether this page and the api can work together. If they cannot: `outdated` when the web's server has another build,
 * so that a reload helps; `mismatched` while it does not.
 */
export type VersionState = 'fits' | 'outdated' | 'mismatched'

export interface Version {
  state: () => VersionState
  /** Whether the api fits, by its last answer with a version. */
  fits: () => boolean
  /** The version header of an answer. */
  hear: (value: string | null) => void
  /** Whether the web's server has a build other than this page's. */
  found: (hasAnother: boolean) => void
  subscribe: (listener: () => void) => () => void
}

export function createVersion(): Version {
  const listeners = new Set<() => void>()
  let fits = true
  let state: VersionState = 'fits'

  function tell(): void {
    for (const listener of listeners) listener()
  }

  return {
    state: () => state,
    fits: () => fits,
    hear: (value) => {
      const fit = fitOf(value)
      if (fit === undefined || (fit === 'fits') === fits) return
      fits = !fits
      // If the api does not fit, the state is set once it is known whether a reload helps.
      state = 'fits'
      tell()
    },
    found: (hasAnother) => {
      if (fits) return
      state = hasAnother ? 'outdated' : 'mismatched'
      tell()
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

export const VersionContext = createContext<Version | undefined>(undefined)

export function useVersion(): Version {
  const version = use(VersionContext)
  if (!version) throw new Error('useVersion needs a VersionContext above it')
  return version
}

export function useVersionState(): VersionState {
  const { subscribe, state } = useVersion()
  return useSyncExternalStore(subscribe, state)
}
