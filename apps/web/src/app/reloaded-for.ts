import { OURS } from '../session/kept.ts'

const NAME = `${OURS}reloaded-for`

/** The builds for which this tab has reloaded by itself. */
export interface ReloadedFor {
  has: (build: string) => boolean
  /** False when it was already recorded, or cannot be recorded; then only the person reloads. */
  add: (build: string) => boolean
}

export function reloadedFor(storage: () => Storage): ReloadedFor {
  function builds(): string[] {
    return storage().getItem(NAME)?.split('\n') ?? []
  }

  function has(build: string): boolean {
    try {
      return builds().includes(build)
    } catch {
      return true
    }
  }

  return {
    has,
    add: (build) => {
      if (has(build)) return false
      try {
        storage().setItem(NAME, [...builds(), build].join('\n'))
        return true
      } catch {
        return false
      }
    },
  }
}
