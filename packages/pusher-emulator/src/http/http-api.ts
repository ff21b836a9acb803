import type { IncomingMessage, ServerResponse } from 'node:http'
import type { App } from '../app-state.ts'
import { suffer } from '../fault.ts'
import { HttpError } from './http-error.ts'
import { replyJson, replyText } from './reply.ts'
import { readRequest, type ApiRequest } from './request.ts'
import { API_ROUTES } from './routes.ts'
import { verifyRequest } from './signature.ts'

/** The HTTP API under /apps: faults first, then the app, the signature and the route. */
export async function serveApi(
  app: App,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const request = await readRequest(incoming, app.settings.limits.httpBodyBytes)
    await suffer(app)
    const answer = answerAndNote(app, request)
    replyJson(response, answer)
    recordRequest(app, request, 200)
  } catch (error) {
    if (!(error instanceof HttpError)) throw error
    replyText(response, error.status, error.message)
  }
}

function answerAndNote(app: App, request: ApiRequest): object {
  try {
    return answerRequest(app, request)
  } catch (error) {
    if (error instanceof HttpError) recordRequest(app, request, error.status)
    throw error
  }
}

const APP_PATH = /^\/apps\/([^/]+)(\/.*)$/

function answerRequest(app: App, request: ApiRequest): object {
  const [, appId, rest = ''] = APP_PATH.exec(request.path) ?? []
  if (appId !== app.settings.appId) throw new HttpError(404, 'App not found')
  const query = verifyRequest(app.settings, request)
  if (!app.settings.enabled) throw new HttpError(403, 'Application disabled')
  for (const route of API_ROUTES) {
    const match = route.method === request.method ? route.path.exec(rest) : null
    if (match) return route.answer(app, { request, query, subject: decodeSegment(match[1]) })
  }
  throw new HttpError(404, 'Not found')
}

/** Without the query: it contains a signature that is valid for ten minutes. */
function recordRequest(app: App, { method, path, body }: ApiRequest, status: number): void {
  const isRecordedAsPublish = status === 200 && path.endsWith('events')
  if (isRecordedAsPublish) return
  app.record.add({ kind: 'http', method, path, status, body })
}

function decodeSegment(segment = ''): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    throw new HttpError(400, 'Malformed path')
  }
}
