import type { WebConfig } from '../src/config.ts'
import { ROUTES } from '../src/app/paths.ts'
import { securityHeaders } from './headers.ts'

/**
 * Configuration for hosts of static files, written into the build. Cloudflare Pages and Netlify both read the two files
 * (developers.cloudflare.com/pages/configuration, docs.netlify.com/routing). Cloudflare follows a redirect even where a
 * file exists, and answers a missing file with the page unless there is a 404.html.
 */

/** `_redirects`: serves the page for every address of the app and for no other, so that a missing file is a 404. */
export function redirectsFile(): string {
  const segments = firstSegments()
  // Cloudflare wants rules with a star last.
  const addresses = [
    ...segments.map((segment) => `/${segment}`),
    ...segments.map((segment) => `/${segment}/*`),
  ]
  // To `/`, because Cloudflare redirects `.html` addresses to the ones without.
  return addresses.map((address) => `${address} / 200\n`).join('')
}

/**
 * `_headers`. Files that may be cached without limit are named one by one: a rule for the folder would also cache the
 * answer for a missing file.
 */
export function headersFile(config: WebConfig, assets: readonly string[]): string {
  const everywhere = Object.entries(securityHeaders(config)).map(
    ([name, value]) => `  ${name}: ${value}\n`,
  )
  const forEver = assets.map(
    (name) => `/${name}\n  Cache-Control: public, max-age=31536000, immutable\n`,
  )
  return ['/*\n', ...everywhere, ...forEver].join('')
}

function firstSegments(): string[] {
  const absolute = Object.values(ROUTES).filter((route) => route.startsWith('/'))
  return [...new Set(absolute.map((route) => route.split('/')[1] ?? ''))].filter(Boolean)
}
