const TIMEOUT_MS = 10_000
const RETRY_FIRST_MS = 2_000
const RETRY_MAX_MS = 30_000

/** Why a part of the app did not load: no answer, another version on the server, or a missing file. */
export type PartTrouble = 'away' | 'newer' | 'lost'

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
      const trouble = await whyMissing()
      signal.throwIfAborted()
      onTrouble(trouble)
      if (trouble === 'newer') await aborted(signal)
      await pause(Math.min(RETRY_FIRST_MS * 2 ** failures, RETRY_MAX_MS), signal)
    }
  }
}

/** The page names the scripts of the version that is on the server now. */
async function whyMissing(): Promise<PartTrouble> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS)
    const answer = await fetch('/', { cache: 'no-store', signal })
    const page = await answer.text()
    // A proxy's own page has no such script.
    if (!answer.ok || !page.includes('<script type="module"')) return 'away'
    const mine = [...document.querySelectorAll<HTMLScriptElement>('script[type=module][src]')]
    return mine.every(({ src }) => page.includes(new URL(src).pathname)) ? 'lost' : 'newer'
  } catch {
    return 'away'
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
