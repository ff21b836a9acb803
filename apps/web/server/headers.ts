import type { WebConfig } from '../src/config.ts'
import { brokerOrigin, isLoopback, tenantOrigin } from './web-config.ts'

const NO_DEVICES = [
  'camera',
  'microphone',
  'display-capture',
  'geolocation',
  'payment',
  'usb',
  'serial',
  'hid',
  'midi',
]

/** The headers of every answer of the web's origin. */
export function securityHeaders(config: WebConfig): Record<string, string> {
  const isHttps = !isLoopback(new URL(config.apiUrl).hostname)
  return {
    'Content-Security-Policy': contentSecurityPolicy(config),
    // Over http on this machine it would lock other work on localhost out.
    ...(isHttps
      ? { 'Strict-Transport-Security': 'max-age=63072000; includeSubDomains; preload' }
      : {}),
    // A file is what its type says: text that was uploaded or mistyped never becomes a script.
    'X-Content-Type-Options': 'nosniff',
    // The address we come back to from signing in carries a code.
    'Referrer-Policy': 'no-referrer',
    // Whoever opened us, or was opened from a message, has no handle on this window. Signing in is a redirect, not a
    // popup, and needs none.
    'Cross-Origin-Opener-Policy': 'same-origin',
    // No other site may load what is here, not even as an image to measure.
    'Cross-Origin-Resource-Policy': 'same-origin',
    // Pages of other origins on the same site get another process, and cannot loosen that by `document.domain`.
    'Origin-Agent-Cluster': '?1',
    // Reading a message asks nobody about the addresses in it, not even the name service.
    'X-DNS-Prefetch-Control': 'off',
    // Nothing here needs a device, so script that got in regardless cannot ask for one either.
    'Permissions-Policy': NO_DEVICES.map((device) => `${device}=()`).join(', '),
  }
}

// No report-to: nothing of ours takes reports, and a violation fails the end-to-end tests.
function contentSecurityPolicy(config: WebConfig): string {
  const tenant = tenantOrigin(config.auth0.domain)
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' blob:",
    "font-src 'self'",
    `connect-src 'self' ${config.apiUrl} ${tenant} ${brokerOrigin(config.pusher)}`,
    "worker-src 'self'",
    "manifest-src 'self'",
    // The SDK restores a session in a hidden frame of the tenant.
    `frame-src ${tenant}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types default',
  ].join('; ')
}
