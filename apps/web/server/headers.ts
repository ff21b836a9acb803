import type { WebConfig } from '../src/config.ts'
import { brokerOrigin, isLoopback, tenantOrigin } from './web-config.ts'

/** The headers of every answer of the web's origin. */
export function securityHeaders(config: WebConfig): Record<string, string> {
  const isHttps = !isLoopback(new URL(config.apiUrl).hostname)
  return {
    'Content-Security-Policy': contentSecurityPolicy(config),
    // Over http on this machine it would lock other work on localhost out.
    ...(isHttps
      ? { 'Strict-Transport-Security': 'max-age=63072000; includeSubDomains; preload' }
      : {}),
    'X-Content-Type-Options': 'nosniff',
    // The address we come back to from signing in carries a code.
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy':
      'camera=(), microphone=(), geolocation=(), payment=(), usb=(), interest-cohort=()',
  }
}

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
