import type { IncomingMessage, ServerResponse } from 'node:http'
import { readBody } from '../incoming-request.ts'
import {
  type ManagementCall,
  type ManagementFault,
  parseFault,
} from '../management/management-state.ts'
import type { EventTarget } from '../options.ts'

/** The controls that tests and the dev stack use from another process. */
export interface Controls {
  reset(): Promise<void>
  addPerson(person: { name: string; email: string; password: string }): Promise<void>
  addCrowd(emails: readonly string[]): Promise<void>
  block(email: string): void
  unblock(email: string): void
  endSessions(email: string): void
  deny(email: string, reason: string | undefined): void
  remove(email: string): void
  askConsent(isAsked: boolean): void
  setManagementFault(fault: Partial<ManagementFault>): void
  managementCalls(): readonly ManagementCall[]
  setEvents(target: EventTarget | undefined): void
  rotateKeys(): Promise<void>
  revokePreviousKeys(): void
  accessTokenFor(email: string): Promise<string>
  setWebOrigins(origins: string[]): void
}

type Body = Record<string, unknown>
type Action = (controls: Controls, body: Body) => Promise<object | void> | object | void

const ACTIONS: Record<string, Action> = {
  'POST /__emulator/reset': (controls) => controls.reset(),
  'POST /__emulator/people': (controls, body) =>
    controls.addPerson({
      name: text(body, 'name'),
      email: text(body, 'email'),
      password: text(body, 'password'),
    }),
  'POST /__emulator/crowd': (controls, body) => controls.addCrowd(texts(body, 'emails')),
  'POST /__emulator/block': (controls, body) => controls.block(text(body, 'email')),
  'POST /__emulator/unblock': (controls, body) => controls.unblock(text(body, 'email')),
  'POST /__emulator/end-sessions': (controls, body) => controls.endSessions(text(body, 'email')),
  'POST /__emulator/deny': (controls, body) =>
    controls.deny(text(body, 'email'), body['reason'] === null ? undefined : text(body, 'reason')),
  'POST /__emulator/remove': (controls, body) => controls.remove(text(body, 'email')),
  'PUT /__emulator/consent': (controls, body) => controls.askConsent(flag(body, 'asked')),
  'POST /__emulator/management-fault': (controls, body) =>
    controls.setManagementFault(parseFault(body)),
  'GET /__emulator/management-calls': (controls) => ({ calls: controls.managementCalls() }),
  'PUT /__emulator/events': (controls, body) =>
    controls.setEvents(
      body['url'] === null ? undefined : { url: text(body, 'url'), token: text(body, 'token') },
    ),
  'POST /__emulator/rotate-keys': (controls) => controls.rotateKeys(),
  'POST /__emulator/revoke-previous-keys': (controls) => controls.revokePreviousKeys(),
  'POST /__emulator/token': async (controls, body) => ({
    access_token: await controls.accessTokenFor(text(body, 'email')),
  }),
  'PUT /__emulator/web-origins': (controls, body) => controls.setWebOrigins(texts(body, 'origins')),
}

export function isControl(request: IncomingMessage): boolean {
  return request.url?.startsWith('/__emulator/') ?? false
}

export async function handleControl(
  controls: Controls,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (comesFromWebPage(request)) {
    return send(response, 403, { error: 'No web page may control the emulator.' })
  }
  const action = ACTIONS[`${request.method} ${request.url}`]
  if (!action) return send(response, 404, { error: 'The emulator has no such control.' })
  try {
    const answer = await action(controls, await jsonBody(request))
    return answer ? send(response, 200, answer) : send(response, 204)
  } catch (error) {
    return send(response, 400, { error: error instanceof Error ? error.message : String(error) })
  }
}

/** Browsers send the origin; a DNS name rebound to loopback shows as a foreign host. */
function comesFromWebPage({ headers }: IncomingMessage): boolean {
  if (headers.origin !== undefined) return true
  const hostname = URL.parse(`http://${headers.host}`)?.hostname ?? ''
  return !['localhost', '127.0.0.1', '[::1]'].includes(hostname)
}

async function jsonBody(request: IncomingMessage): Promise<Body> {
  const content = await readBody(request)
  const body: Body = content === '' ? {} : JSON.parse(content)
  return body
}

function text(body: Body, name: string): string {
  const value = body[name]
  if (typeof value === 'string') return value
  throw new Error(`"${name}" must be a string.`)
}

function flag(body: Body, name: string): boolean {
  const value = body[name]
  if (typeof value === 'boolean') return value
  throw new Error(`"${name}" must be true or false.`)
}

function texts(body: Body, name: string): string[] {
  const value = body[name]
  if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value
  throw new Error(`"${name}" must be a list of strings.`)
}

function send(response: ServerResponse, status: number, body?: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(body && JSON.stringify(body))
}
