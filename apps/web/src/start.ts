import { loadConfig, type WebConfig } from './config.ts'
import * as words from './words/en/config.en.ts'
import { t } from './words/say.ts'

const RETRY_FIRST_MS = 1_000
const RETRY_MAX_MS = 15_000
const SLOW_MS = 4_000

/** Why this browser cannot run Conclave at all; undefined when it can. */
export function whyUnable(): string | undefined {
  if (!isSecureContext) {
    return t(words.httpsOnly)
  }
  try {
    // Where cookies and site data are blocked, reading the property already throws.
    return sessionStorage && localStorage && undefined
  } catch {
    return t(words.noStorage)
  }
}

/** Fetches the configuration, retrying until it succeeds; shows meanwhile what it is waiting for. */
export async function persistentConfig(): Promise<WebConfig> {
  const slow = setTimeout(showTrouble, SLOW_MS, t(words.serverSlow))
  for (let failures = 0; ; failures++) {
    try {
      const config = await loadConfig()
      clearTimeout(slow)
      hideTrouble()
      return config
    } catch (error) {
      clearTimeout(slow)
      console.error('Conclave has no configuration yet.', error)
      const reason = navigator.onLine ? (error as Error).message : t(words.deviceOffline)
      const wait = Math.min(RETRY_FIRST_MS * 2 ** failures, RETRY_MAX_MS)
      await pausedWithTrouble(t(words.noConfig, { reason }), wait)
    }
  }
}

/** Shows the message of index.html; returns its button. */
function showTrouble(detail: string): HTMLElement | undefined {
  const trouble = document.getElementById('trouble')
  const text = trouble?.querySelector('p')
  if (!trouble || !text) return undefined
  text.textContent = detail
  trouble.hidden = false
  return trouble.querySelector('button') ?? undefined
}

/** For problems that only a reload may solve. */
export function giveUp(detail: string): void {
  showTrouble(detail)?.addEventListener('click', () => location.reload())
}

function hideTrouble(): void {
  const trouble = document.getElementById('trouble')
  if (trouble) trouble.hidden = true
}

/** Ends early when the network comes back, or when somebody presses the button. */
function pausedWithTrouble(detail: string, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const over = new AbortController()
    const end = () => (over.abort(), resolve())
    setTimeout(end, ms)
    window.addEventListener('online', end, { signal: over.signal })
    showTrouble(detail)?.addEventListener('click', end, { signal: over.signal })
  })
}
