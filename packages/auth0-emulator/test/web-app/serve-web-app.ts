import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import type { Auth0Emulator } from '../../src/index.ts'

export interface WebApp {
  origin: string
  serve(emulator: Auth0Emulator): void
  close(): Promise<void>
}

/** A page that does nothing but sign in, with the SDK the real app uses. */
export async function startWebApp(): Promise<WebApp> {
  const script = await bundle()
  let settings = '{}'
  const server = createServer((request, response) => {
    if (request.url === '/main.js') {
      return response.writeHead(200, { 'content-type': 'text/javascript' }).end(script)
    }
    response.writeHead(200, { 'content-type': 'text/html' })
    return response.end(
      `<!doctype html><title>Web app</title><div id="root"></div><script type="application/json" id="settings">${settings}</script><script type="module" src="/main.js"></script>`,
    )
  })
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve))
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('The web app has no port.')

  return {
    origin: `http://localhost:${address.port}`,
    serve({ url, clientId, audience }) {
      settings = JSON.stringify({ domain: url, clientId, audience })
    },
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function bundle(): Promise<string> {
  const result = await build({
    configFile: false,
    logLevel: 'error',
    root: fileURLToPath(new URL('.', import.meta.url)),
    define: { 'process.env.NODE_ENV': '"production"' },
    // Vite takes a test run for development, and production React has no JSX for that.
    oxc: { jsx: { runtime: 'automatic', development: false } },
    build: {
      write: false,
      minify: false,
      lib: { entry: 'main.tsx', formats: ['es'], fileName: 'main' },
    },
  })
  const outputs = Array.isArray(result) ? result : [result]
  const chunks = outputs.flatMap((bundled) => ('output' in bundled ? bundled.output : []))
  const entry = chunks.find((chunk) => chunk.type === 'chunk')
  if (!entry) throw new Error('Vite built nothing.')
  return entry.code
}
