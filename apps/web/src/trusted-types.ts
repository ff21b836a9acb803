// `new Worker` is the one sink that needs an answer: the SDK's worker, served by us. There is no createHTML and no
// createScript, so every string on its way into those sinks is refused.
const WORKER_URL = `${location.origin}/auth0-worker.js`

interface TrustedTypes {
  createPolicy: (name: string, rules: { createScriptURL: (url: string) => string }) => unknown
}

const { trustedTypes } = window as { trustedTypes?: TrustedTypes }
trustedTypes?.createPolicy('default', {
  createScriptURL(url) {
    if (new URL(url, location.origin).href === WORKER_URL) return WORKER_URL
    throw new TypeError(`Refused a script from ${url}`)
  },
})
