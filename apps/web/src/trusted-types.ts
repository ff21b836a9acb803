// `new Worker` is the only sink that needs a policy: the SDK's worker and our own, which we serve. There is no createHTML and
// no createScript, so those sinks refuse every string.
const WORKERS =
  /^\/(?:auth0-worker\.js|assets\/highlight\.worker-[\w-]+\.js|src\/features\/messages\/highlight\.worker\.ts)$/

interface TrustedTypes {
  createPolicy: (name: string, rules: { createScriptURL: (url: string) => string }) => unknown
}

const { trustedTypes } = window as { trustedTypes?: TrustedTypes }
trustedTypes?.createPolicy('default', {
  createScriptURL(url) {
    const { origin, pathname, href } = new URL(url, location.origin)
    if (origin === location.origin && WORKERS.test(pathname)) return href
    throw new TypeError(`Refused a script from ${url}`)
  },
})
