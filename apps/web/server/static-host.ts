import type { WebConfig } from '../src/config.ts'
import { ROUTES } from '../src/app/paths.ts'
import { securityHeaders } from './headers.ts'

/**
 * What a host of static files is told beside the build. The two files are read by Cloudflare Pages and Netlify alike
 * (developers.cloudflare.com/pages/configuration, docs.netlify.com/routing); the first follows a redirect also where
 * there is a file, and answers what is missing with the page unless there is a 404.html.
 */

/** `_redirects`: the page for every address of the app, and for no other, so that a missing file is missing. */
export function redirectsFile(): string {
  const segments = firstSegments()
  // Those with a star come last, as Cloudflare asks.
  const addresses = [
    ...segments.map((segment) => `/${segment}`),
    ...segments.map((segment) => `/${segment}/*`),
  ]
  // To `/`, because Cloudflare takes `.html` off an address by sending the browser there.
  return addresses.map((address) => `${address} / 200\n`).join('')
}

/** `_headers`. What is kept for ever is named file by file: a rule for the folder would keep what is missing as well. */
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
