import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import type { Plugin } from 'vite'
import { securityHeaders } from './headers.ts'
import { isConfigured, webConfigFromEnv } from './web-config.ts'

const IS_TEXT = /\.(?:html|js|css)$/
const gzipped = promisify(gzip)
const brotlied = promisify(brotliCompress)

type Env = Record<string, string | undefined>

/** Serves /config.json in development; writes it, and a CDN's _headers, into a build that knows its configuration. */
export function webConfig(env: Env): Plugin {
  return {
    name: 'conclave:web-config',
    configureServer(server) {
      const config = webConfigFromEnv(env)
      server.middlewares.use('/config.json', (_, response) => {
        response.setHeader('Content-Type', 'application/json')
        response.end(JSON.stringify(config))
      })
    },
    generateBundle() {
      if (!isConfigured(env)) return
      const config = webConfigFromEnv(env)
      this.emitFile({ type: 'asset', fileName: 'config.json', source: JSON.stringify(config) })
      this.emitFile({ type: 'asset', fileName: '_headers', source: headersFile(config) })
    },
  }
}

/** Serves the Auth0 SDK's worker from our origin: the policy allows no other, and no blob. */
export function auth0Worker(): Plugin {
  const fromApp = createRequire(import.meta.url)
  const fromSdk = createRequire(fromApp.resolve('@auth0/auth0-react'))
  const main = fromSdk.resolve('@auth0/auth0-spa-js')
  const path = main.replace(/([/\\]dist[/\\]).*$/, '$1auth0-spa-js.worker.production.js')
  // Its source map is not served, so neither is the line that points to it.
  const read = async () =>
    (await readFile(path, 'utf8')).replace(/\n?\/\/# sourceMappingURL=.*\s*$/, '\n')
  let isServed = false
  return {
    name: 'conclave:auth0-worker',
    configureServer(server) {
      isServed = true
      const source = read()
      server.middlewares.use('/auth0-worker.js', (_, response, next) => {
        response.setHeader('Content-Type', 'text/javascript')
        source.then((text) => response.end(text), next)
      })
    },
    // The SDK carries the same worker once more as text, for a blob that the policy refuses: a good 4 kB for nothing.
    transform(code, id) {
      if (isServed || !/auth0-react[/\\]dist[/\\]/.test(id)) return undefined
      const slim = code.replace(/(["'`])[A-Za-z0-9+/=]{4000,}\1/, '""')
      if (slim === code) throw new Error(`${id} has no worker in it any more`)
      return { code: slim, map: null }
    },
    async generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'auth0-worker.js', source: await read() })
    },
  }
}

/** Writes each text of the build compressed as well, once and as small as can be, for the server to send. */
export function compressed(): Plugin {
  return {
    name: 'conclave:compressed',
    generateBundle: {
      order: 'post',
      async handler(_, bundle) {
        const texts = Object.values(bundle).filter(({ fileName }) => IS_TEXT.test(fileName))
        await Promise.all(
          texts.map(async (file) => {
            const { fileName } = file
            const text = file.type === 'chunk' ? file.code : file.source
            const emit = (ending: string, source: Uint8Array) =>
              this.emitFile({ type: 'asset', fileName: `${fileName}.${ending}`, source })
            emit('gz', await gzipped(text, { level: 9 }))
            emit('br', await brotlied(text))
          }),
        )
      },
    },
  }
}

function headersFile(config: Parameters<typeof securityHeaders>[0]): string {
  const lines = Object.entries(securityHeaders(config)).map(
    ([name, value]) => `  ${name}: ${value}`,
  )
  return [
    '/*',
    ...lines,
    '/assets/*',
    '  Cache-Control: public, max-age=31536000, immutable',
    ...['/favicon.ico', '/favicon.svg', '/apple-touch-icon.png'].flatMap((icon) => [
      icon,
      '  Cache-Control: public, max-age=86400',
    ]),
    '',
  ].join('\n')
}
