import type { App, Fault } from '../app-state.ts'
import { announce, send } from '../delivery.ts'
import { beginFault } from '../fault.ts'
import { createRandom } from '../frame-faults.ts'
import { CLOSE, closeWith, type CloseReason } from '../protocol/close-codes.ts'
import { stats } from '../stats.ts'
import { dropConnections, resetApp } from '../reset-app.ts'
import { HttpError } from './http-error.ts'
import type { Query } from './signature.ts'

type Body = Record<string, unknown>
type Control = (app: App, body: Body, query: Query) => unknown

/** Controls for tests and `pnpm dev`; Pusher has no such endpoints. */
export const CONTROL_ROUTES: ReadonlyMap<string, Control> = new Map<string, Control>([
  ['GET /__emulator/record', showRecord],
  ['GET /__emulator/stats', (app) => stats(app)],
  ['POST /__emulator/reset', reset],
  ['POST /__emulator/webhooks', setWebhooks],
  ['POST /__emulator/fault', setFault],
  ['POST /__emulator/frames', setFrameFaults],
  ['POST /__emulator/close', closeSockets],
  ['POST /__emulator/inject', inject],
])

function showRecord(app: App, _body: Body, query: Query): unknown {
  const after = Number(query.get('after') ?? 0)
  const limit = Number(query.get('limit') ?? Infinity)
  const found = app.record.entries(Number.isFinite(after) ? after : 0)
  return { total: app.record.total, entries: limit < found.length ? found.slice(-limit) : found }
}

function reset(app: App): unknown {
  resetApp(app)
  return {}
}

function setWebhooks(app: App, { url }: Body): unknown {
  if (url !== null && (typeof url !== 'string' || !URL.canParse(url))) {
    throw new HttpError(400, 'url should be a URL, or null for none')
  }
  app.webhooks.urls = url === null ? [] : [url]
  return {}
}

const MODES: ReadonlySet<unknown> = new Set(['none', 'down', 'slow', 'error'])

function setFault(app: App, { mode, delayMs = 1000, status = 500 }: Body): unknown {
  if (!MODES.has(mode)) throw new HttpError(400, 'mode should be none, down, slow or error')
  if (!isBetween(delayMs, 0, 600_000)) throw new HttpError(400, 'delayMs should be 0 to 600000')
  if (!isBetween(status, 400, 599)) throw new HttpError(400, 'status should be 400 to 599')
  beginFault(app, { mode, delayMs, status } as Fault)
  if (mode === 'down') dropConnections(app)
  return {}
}

/** From now on events are dropped, duplicated or reordered at random; {} ends it. */
function setFrameFaults(app: App, body: Body): unknown {
  const { drop = 0, duplicate = 0, reorder = 0, seed = 0 } = body
  for (const [name, chance] of Object.entries({ drop, duplicate, reorder })) {
    if (!isBetween(chance, 0, 1)) throw new HttpError(400, `${name} should be 0 to 1`)
  }
  if (!Number.isSafeInteger(seed)) throw new HttpError(400, 'seed should be a whole number')
  const chances = { drop, duplicate, reorder } as Record<'drop' | 'duplicate' | 'reorder', number>
  const sum = chances.drop + chances.duplicate + chances.reorder
  if (sum > 1) throw new HttpError(400, 'drop, duplicate and reorder should be at most 1 together')
  const frameFaults = sum > 0 ? { ...chances, random: createRandom(seed as number) } : undefined
  Object.assign(app, { frameFaults })
  return {}
}

/** Closes one socket, or all, as Pusher would: {"reason":"reconnect"} or {"code":4200}. */
function closeSockets(app: App, { reason, code, socketId }: Body): unknown {
  const known = Object.entries(CLOSE).find(([name, [own]]) => name === reason || own === code)
  if (!known) throw new HttpError(400, 'reason or code should be one Pusher closes with')
  const chosen = [...app.connections.values()].filter(
    (connection) => socketId === undefined || connection.socketId === socketId,
  )
  for (const connection of chosen) closeWith(connection, known[0] as CloseReason)
  return { closed: chosen.length }
}

/** What a malicious broker could do: send any frame on any channel, without the app's signature. */
function inject(app: App, { channel: name, event, data, user_id, toSocket }: Body): unknown {
  if (typeof event !== 'string') throw new HttpError(400, 'event should be a string')
  const frame = JSON.stringify({ event, channel: name, data, user_id })
  if (toSocket !== undefined) {
    const connection = typeof toSocket === 'string' ? app.connections.get(toSocket) : undefined
    if (connection) send(app, connection, frame)
    return { delivered: connection ? 1 : 0 }
  }
  const channel = app.channels.get(String(name))
  return { delivered: channel ? announce(app, channel, frame) : 0 }
}

function isBetween(value: unknown, least: number, most: number): boolean {
  return typeof value === 'number' && value >= least && value <= most
}
