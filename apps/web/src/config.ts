import * as words from './words/en/config.en.ts'
import { t } from './words/say.ts'

/** The addresses this copy of the web uses; fetched at start, so that one build runs anywhere. */
export interface WebConfig {
  apiUrl: string
  auth0: { domain: string; clientId: string; audience: string }
  pusher: { key: string; cluster: string; host?: string; port?: number }
}

const TIMEOUT_MS = 10_000

/** Rejects with an error that tells the operator what was received instead, as a sentence. */
export async function loadConfig(): Promise<WebConfig> {
  const response = await fetch('/config.json', {
    // Must have the mode and credentials of the preload in index.html, or the browser fetches it twice.
    mode: 'cors',
    credentials: 'same-origin',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch((cause: unknown) => {
    throw new Error(t(words.silent), { cause })
  })
  if (!response.ok) throw new Error(t(words.answered, { status: String(response.status) }))
  const config: unknown = await response.json().catch(() => undefined)
  if (!isWebConfig(config)) throw new Error(t(words.empty))
  return config
}

/** A proxy may also answer 200, with a page of its own. */
function isWebConfig(config: unknown): config is WebConfig {
  const { apiUrl, auth0, pusher } = (config ?? {}) as Partial<WebConfig>
  const names = [auth0?.domain, auth0?.clientId, auth0?.audience, pusher?.key, pusher?.cluster]
  return URL.canParse(String(apiUrl)) && names.every((name) => typeof name === 'string' && name)
}
