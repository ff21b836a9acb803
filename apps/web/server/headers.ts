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

/** The headers of every answer from the web's origin. */
export function securityHeaders(config: WebConfig): Record<string, string> {
  const isHttps = !isLoopback(new URL(config.apiUrl).hostname)
  return {
    'Content-Security-Policy': contentSecurityPolicy(config),
    // Over http on this machine it would break other projects on localhost.
    ...(isHttps
      ? { 'Strict-Transport-Security': 'max-age=63072000; includeSubDomains; preload' }
      : {}),
    // A file is only what its type says: uploaded or mistyped text never becomes a script.
    'X-Content-Type-Options': 'nosniff',
    // The address to which sign-in returns contains a code.
    'Referrer-Policy': 'no-referrer',
    // A window that opened us, or that a message opened, gets no handle on this one. Signing in is a redirect and not a
    // popup, so it needs none.
    'Cross-Origin-Opener-Policy': 'same-origin',
    // No other site may load these files, not even as an image to measure.
    'Cross-Origin-Resource-Policy': 'same-origin',
    // Pages of other origins on the same site run in another process, and cannot loosen that with `document.domain`.
    'Origin-Agent-Cluster': '?1',
    // Reading a message contacts none of the addresses in it, not even through DNS.
    'X-DNS-Prefetch-Control': 'off',
    // Nothing here needs a device, so an injected script cannot ask for one either.
    'Permissions-Policy': NO_DEVICES.map((device) => `${device}=()`).join(', '),
  }
}

// No report-to: we run nothing that takes reports, and a violation fails the end-to-end tests.
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
