import { servedBuild } from './served-build.ts'

const AGAIN_FIRST_MS = 2_000
const AGAIN_MAX_MS = 30_000

/** Why a part of the app is not there: nobody answers, the server has another version, or it has lost this file. */
export type PartTrouble = 'away' | 'newer' | 'lost'

const WHY_MISSING = { away: 'away', this: 'lost', another: 'newer' } as const satisfies Record<
  string,
  PartTrouble
>

/**
 * Loads a part however long the network is away; `onTrouble` hears why it takes long. Rejects only when it was told to
 * stop. A newer version has no such part any more, so from then on it waits for the reload.
 */
export async function loadPart<Part>(
  load: () => Promise<Part>,
  onTrouble: (trouble: PartTrouble) => void,
  signal: AbortSignal,
): Promise<Part> {
  for (let failures = 0; ; failures++) {
    try {
      return await load()
    } catch {
      const trouble = WHY_MISSING[(await servedBuild()).is]
      signal.throwIfAborted()
      onTrouble(trouble)
      if (trouble === 'newer') await aborted(signal)
      await pause(Math.min(AGAIN_FIRST_MS * 2 ** failures, AGAIN_MAX_MS), signal)
    }
  }
}

/** Over sooner when the network comes back. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const over = new AbortController()
    const end = () => (over.abort(), resolve())
    setTimeout(end, ms)
    window.addEventListener('online', end, { signal: over.signal })
    signal.addEventListener('abort', end, { signal: over.signal })
  })
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error))
  })
}
