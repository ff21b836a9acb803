// `new Worker` is the only sink that needs a policy: the SDK's worker, which we serve. There is no createHTML and no
// createScript, so those sinks refuse every string.
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
