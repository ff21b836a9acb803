import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import { Visitor, type ESTree, type Plugin } from 'vite'
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

/**
 * Leaves the rest of each endpoint out of the build, and the schemas that nothing reads then: 2 kB of the first view. What
 * packages/shared declares has no side effect, which the bundler cannot see by itself.
 */
export function slimContract(): Plugin {
  return {
    name: 'conclave:slim-contract',
    apply: 'build',
    transform(code, id) {
      if (!/[/\\]packages[/\\]shared[/\\]src[/\\]/.test(id)) return undefined
      const edits: Edit[] = []
      for (const declared of declaredIn(this.parse(code))) {
        const definition = definitionOf(declared)
        const calls = definition ? [declared] : callsIn(declared)
        edits.push(...calls.map(({ start }) => ({ start, end: start, text: PURE })))
        if (definition) edits.push(slimmed(definition, code))
      }
      return { code: edited(code, edits), map: null }
    },
  }
}

const PURE = '/* @__PURE__ */ '

interface Edit {
  start: number
  end: number
  text: string
}

/** Applied from the end, so that what comes before keeps its place. */
function edited(code: string, edits: readonly Edit[]): string {
  return edits
    .toSorted((a, b) => b.start - a.start)
    .reduce((text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end), code)
}

/** The call in each `const … = call(…)` of a module. */
function declaredIn({ body }: ESTree.Program): ESTree.CallExpression[] {
  return body.flatMap((statement) => {
    const declaration =
      statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
    if (declaration?.type !== 'VariableDeclaration') return []
    return declaration.declarations.flatMap(({ init }) =>
      init?.type === 'CallExpression' ? [init] : [],
    )
  })
}

function definitionOf(call: ESTree.CallExpression): ESTree.ObjectExpression | undefined {
  const [definition] = call.arguments
  const isEndpoint = call.callee.type === 'Identifier' && call.callee.name === 'endpoint'
  return isEndpoint && definition?.type === 'ObjectExpression' ? definition : undefined
}

function slimmed({ start, end, properties }: ESTree.ObjectExpression, code: string): Edit {
  const kept = properties.filter(
    (property) =>
      property.type === 'Property' &&
      property.key.type === 'Identifier' &&
      NEEDED.has(property.key.name),
  )
  return { start, end, text: `{ ${kept.map((one) => code.slice(one.start, one.end)).join(', ')} }` }
}

/** A call and those in its arguments, but not what a function among them does when it is called. */
function callsIn(declared: ESTree.CallExpression): ESTree.CallExpression[] {
  const calls: ESTree.CallExpression[] = []
  let functions = 0
  const program = { type: 'Program', body: [{ type: 'ExpressionStatement', expression: declared }] }
  new Visitor({
    CallExpression: (call) => void (functions === 0 && calls.push(call)),
    ArrowFunctionExpression: () => void functions++,
    'ArrowFunctionExpression:exit': () => void functions--,
    FunctionExpression: () => void functions++,
    'FunctionExpression:exit': () => void functions--,
  }).visit(program as never)
  return calls
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
  return {
    name: 'conclave:auth0-worker',
    configureServer(server) {
      const source = read()
      server.middlewares.use('/auth0-worker.js', (_, response, next) => {
        response.setHeader('Content-Type', 'text/javascript')
        source.then((text) => response.end(text), next)
      })
    },
    async generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'auth0-worker.js', source: await read() })
    },
  }
}

/** What the Auth0 SDK has that nothing here can reach, and what to put in its place. */
const UNREACHED: readonly (readonly [what: string, code: RegExp, instead: string])[] = [
  // 4 kB: for a blob, which the policy refuses.
  ['the text of its worker', /(["'`])[A-Za-z0-9+/=]{4000,}\1/, '""'],
  // 29 kB: for apps with forms of their own for MFA and passkeys, or with anonymous sessions. Here people sign in on the tenant's
  // pages, and the SDK calls this client only for what an app asks of `mfa`, `passkey` or `anonymous`.
  ['its client for forms', /(?<=\bthis\.authJsClient=)new \w+\(\{[^{}]*\}\)(?=,this\.mfa=)/, '{}'],
]

/** Leaves that out of the build. Fails when a new version of the SDK is written in another way. */
export function slimAuth0(): Plugin {
  return {
    name: 'conclave:slim-auth0',
    apply: 'build',
    transform(code, id) {
      if (!/auth0-react[/\\]dist[/\\]/.test(id)) return undefined
      const slim = UNREACHED.reduce((text, [what, part, instead]) => {
        const rest = text.replace(part, instead)
        if (rest === text) throw new Error(`${id} no longer has ${what} where it was`)
        return rest
      }, code)
      return { code: slim, map: null }
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
