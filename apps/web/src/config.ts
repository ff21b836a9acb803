/** Where this copy of the web lives; fetched at start, so that one build runs anywhere. */
export interface WebConfig {
  apiUrl: string
  auth0: { domain: string; clientId: string; audience: string }
  pusher: { key: string; cluster: string; host?: string; port?: number }
}

export async function loadConfig(): Promise<WebConfig> {
  // The same mode and credentials as the preload in index.html, or the browser fetches twice.
  const response = await fetch('/config.json', { mode: 'cors', credentials: 'same-origin' })
  if (!response.ok) throw new Error(`/config.json answered ${response.status}`)
  return (await response.json()) as WebConfig
}
