import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import type { App } from '../app-state.ts'
import { serveConsole } from '../console/serve-console.ts'
import { serveApi } from './http-api.ts'
import { serveControl } from './control-server.ts'
import { replyText } from './reply.ts'

export function createListener(app: App): RequestListener {
  return (request, response) => {
    serve(app, request, response).catch((error: unknown) => {
      if (response.headersSent) return void response.destroy()
      replyText(response, 500, error instanceof Error ? error.message : 'Unknown error')
    })
  }
}

async function serve(app: App, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const target = request.url ?? '/'
  if (target.startsWith('/apps/')) return serveApi(app, request, response)
  if (serveConsole(request, response)) return undefined
  if (target.startsWith('/__emulator/')) return serveControl(app, request, response)
  request.resume()
  return replyText(response, 404, 'Not found')
}
