import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { ROOT } from '@conclave/dev-stack/root'

const DIST = join(ROOT, 'apps', 'web', 'dist')
const KILOBYTE = 1_000
/** Auth0's SDK renews tokens in it, so no request is made before it runs. */
const WORKER = '/auth0-worker.js'

/** The scripts that the page asks for before it can show anything: its own, what they import, and the worker. */
export function bytesOfFirstView(): number {
  const page = readFileSync(join(DIST, 'index.html'), 'utf8')
  const scripts = [...page.matchAll(/(?:<script[^>]*src|modulepreload"[^>]*href)="([^"]+)"/g)]
  const files = [...scripts.map(([, path = '']) => path), WORKER]
  return (
    files.reduce((sum, path) => sum + gzipSync(readFileSync(join(DIST, path))).length, 0) / KILOBYTE
  )
}
