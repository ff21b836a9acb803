const TIMEOUT_MS = 4_000

/**
 * A fetch for the SDK that requests nothing but the issuer: at most 4 s for the whole response, no redirects. The SDK
 * always uses https; the configuration allows http for loopback only.
 */
export function boundedFetch(issuer: string): typeof fetch {
  const { host, protocol } = new URL(issuer)
  return async (input, init = {}) => {
    const url = new URL(input instanceof Request ? input.url : input)
    if (url.host !== host) throw new Error('The Management API is on the issuer only')
    url.protocol = protocol
    const limit = AbortSignal.timeout(TIMEOUT_MS)
    const signal = init.signal ? AbortSignal.any([init.signal, limit]) : limit
    return fetch(url, { ...init, redirect: 'error', signal })
  }
}
