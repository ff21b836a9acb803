import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import type { ESTree, Plugin } from 'vite'
import { headersFile, redirectsFile } from './static-host.ts'
import { isConfigured, webConfigFromEnv } from './web-config.ts'

const IS_TEXT = /\.(?:html|js|css)$/
const IS_COMPRESSED = /\.(?:gz|br)$/
const gzipped = promisify(gzip)
const brotlied = promisify(brotliCompress)

type Env = Record<string, string | undefined>

/** Serves /config.json in development, and writes it into a build that has its configuration. */
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
    },
  }
}

/** Writes what a host of static files needs: redirects, headers, and the page for a missing file. */
export function staticHost(env: Env): Plugin {
  return {
    name: 'conclave:static-host',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const emit = (fileName: string, source: string | Uint8Array) =>
          this.emitFile({ type: 'asset', fileName, source })
        const page = bundle['index.html']
        if (page?.type !== 'asset') throw new Error('The build has no page')
        emit('_redirects', redirectsFile())
        // The app itself shows that there is nothing; and on a host without rules this page makes the app's addresses
        // work.
        emit('404.html', page.source)
        if (!isConfigured(env)) return
        const assets = Object.keys(bundle).filter(
          (name) => name.startsWith('assets/') && !IS_COMPRESSED.test(name),
        )
        emit('_headers', headersFile(webConfigFromEnv(env), assets))
      },
    },
  }
}

/** What a client needs of an endpoint; the rest is for the api and its documentation. */
const NEEDED = new Set(['method', 'path'])

/** Leaves the rest out of the build, with the schemas that only describe it: 1.6 kB of the first view. */
export function slimEndpoints(): Plugin {
  return {
    name: 'conclave:slim-endpoints',
    apply: 'build',
    transform(code, id) {
      if (!/[/\\]packages[/\\]shared[/\\]src[/\\]/.test(id)) return undefined
      let slim = code
      // From the end, so that what comes before keeps its place.
      for (const { start, end, properties } of endpointsIn(this.parse(code)).toReversed()) {
        const needed = properties.filter(
          (property) =>
            property.type === 'Property' &&
            property.key.type === 'Identifier' &&
            NEEDED.has(property.key.name),
        )
        const kept = needed.map((property) => code.slice(property.start, property.end))
        slim = `${slim.slice(0, start)}{ ${kept.join(', ')} }${slim.slice(end)}`
      }
      return { code: slim, map: null }
    },
  }
}

/** The definition of each `export const … = endpoint({ … })`. */
function endpointsIn({ body }: ESTree.Program): ESTree.ObjectExpression[] {
  return body.flatMap((statement) => {
    if (statement.type !== 'ExportNamedDeclaration') return []
    if (statement.declaration?.type !== 'VariableDeclaration') return []
    return statement.declaration.declarations.flatMap(({ init }) => {
      if (init?.type !== 'CallExpression' || init.callee.type !== 'Identifier') return []
      const [definition] = init.arguments
      if (init.callee.name !== 'endpoint' || definition?.type !== 'ObjectExpression') return []
      return [definition]
    })
  })
}

/** Serves the Auth0 SDK's worker from our origin: the policy allows no other origin and no blob. */
export function auth0Worker(): Plugin {
  const fromApp = createRequire(import.meta.url)
  const fromSdk = createRequire(fromApp.resolve('@auth0/auth0-react'))
  const main = fromSdk.resolve('@auth0/auth0-spa-js')
  const path = main.replace(/([/\\]dist[/\\]).*$/, '$1auth0-spa-js.worker.production.js')
  // Its source map is not served, so the line that points to it is removed.
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
    // The SDK also contains the worker as text, for a blob that the policy refuses. Removing it saves 4 kB.
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

/**
 * Writes each text file of the build in compressed form as well, once and at the highest level, for the server to send.
 */
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
