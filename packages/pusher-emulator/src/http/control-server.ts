import type { IncomingMessage, ServerResponse } from 'node:http'
import type { App } from '../app-state.ts'
import { parseRecord } from '../protocol/frames.ts'
import { CONTROL_ROUTES } from './control.ts'
import { HttpError } from './http-error.ts'
import { refuseForeign } from './origin.ts'
import { replyJson, replyText } from './reply.ts'
import { readRequest } from './request.ts'

export async function serveControl(
  app: App,
  incoming: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    refuseForeign(incoming)
    const request = await readRequest(incoming, app.settings.limits.httpBodyBytes)
    const control = CONTROL_ROUTES.get(`${request.method} ${request.path}`)
    if (!control) throw new HttpError(404, 'Not found')
    const query = new Map(new URLSearchParams(request.query))
    replyJson(response, control(app, requireBody(request.body), query))
  } catch (error) {
    if (!(error instanceof HttpError)) throw error
    replyText(response, error.status, error.message)
  }
}

function requireBody(body: string): Record<string, unknown> {
  if (body === '') return {}
  const parsed = parseRecord(body)
  if (!parsed) throw new HttpError(400, 'The request body should be a JSON object')
  return parsed
}
