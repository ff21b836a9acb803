const GATHER_MS = 100
const RETRY_FIRST_MS = 500
/** The web waits longer; here the api rarely lives as long as that. */
const RETRY_MAX_MS = 2_000

export interface CatchUp {
  request(): void
  /** Whether something is known to be missing. */
  isBehind(): boolean
  close(): void
}

/** One flight at a time and again until it succeeds, with the patience of the web's own. */
export function createCatchUp(fetchMissing: () => Promise<void>): CatchUp {
  let wanted = false
  let flying = false
  let closed = false
  let failures = 0
  let timer: NodeJS.Timeout | undefined

  function request(): void {
    wanted = true
    schedule()
  }

  function schedule(): void {
    if (closed || flying || timer !== undefined || !wanted) return
    const backoff = Math.min(RETRY_FIRST_MS * 2 ** (failures - 1), RETRY_MAX_MS)
    const wait = failures === 0 ? GATHER_MS : backoff * (0.5 + Math.random() / 2)
    timer = setTimeout(() => void fly(), wait)
  }

  async function fly(): Promise<void> {
    timer = undefined
    wanted = false
    flying = true
    try {
      await fetchMissing()
      failures = 0
    } catch {
      failures += 1
      wanted = true
    }
    flying = false
    schedule()
  }

  return {
    request,
    isBehind: () => wanted || flying,
    close: () => {
      closed = true
      clearTimeout(timer)
    },
  }
}
