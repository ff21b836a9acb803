import { servedBuild } from './served-build.ts'

const RETRY_FIRST_MS = 2_000
const RETRY_MAX_MS = 30_000

/** Why a part of the app did not load: no answer, another version on the server, or a missing file. */
export type PartTrouble = 'away' | 'newer' | 'lost'

const WHY_MISSING = { away: 'away', this: 'lost', another: 'newer' } as const satisfies Record<
  string,
  PartTrouble
>

/**
 * Loads a part, retrying however long the network is unavailable; `onTrouble` is told why. Rejects only when it is
 * aborted. A newer version does not have this part any more, so then it only waits for the reload.
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
      await pause(Math.min(RETRY_FIRST_MS * 2 ** failures, RETRY_MAX_MS), signal)
    }
  }
}

/** Ends early when the network comes back. */
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
