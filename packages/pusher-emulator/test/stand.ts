import { createHash } from 'node:crypto'
import { createRequire } from 'node:module'
import Server from 'pusher'
import type PusherModule from 'pusher-js'
import type { Options } from 'pusher-js'
import { expect, onTestFinished } from 'vitest'
import { WebSocket } from 'ws'
import { sign } from '../src/hmac.ts'
import {
  startPusherEmulator,
  type PusherEmulator,
  type PusherEmulatorOptions,
} from '../src/index.ts'

type Client = PusherModule.default

// Its types say default export, its CommonJS build is the constructor itself.
const PusherJs = createRequire(import.meta.url)('pusher-js') as new (
  key: string,
  options: Options,
) => Client

export async function start(options: PusherEmulatorOptions = {}): Promise<PusherEmulator> {
  const emulator = await startPusherEmulator({
    port: 0,
    webhookDebounceMs: 20,
    webhookBatchMs: 5,
    ...options,
  })
  onTestFinished(() => emulator.close())
  return emulator
}

export function serverFor(emulator: PusherEmulator, secret = emulator.secret): Server {
  return new Server({
    appId: emulator.appId,
    key: emulator.key,
    secret,
    host: emulator.host,
    port: String(emulator.port),
    useTLS: false,
    encryptionMasterKeyBase64: Buffer.alloc(32, 7).toString('base64'),
  })
}

export function clientFor(
  emulator: PusherEmulator,
  person = 'alice',
  watchlist: string[] = [],
): Client {
  const server = serverFor(emulator)
  const client = new PusherJs(emulator.key, {
    cluster: 'local',
    wsHost: emulator.host,
    wsPort: emulator.port,
    forceTLS: false,
    enabledTransports: ['ws'],
    channelAuthorization: {
      endpoint: '',
      transport: 'ajax',
      customHandler: ({ socketId, channelName }, answer) => {
        const member = { user_id: person, user_info: { name: person } }
        const data = channelName.startsWith('presence-') ? member : undefined
        answer(null, server.authorizeChannel(socketId, channelName, data))
      },
    },
    userAuthentication: {
      endpoint: '',
      transport: 'ajax',
      customHandler: ({ socketId }, answer) => {
        const user = { id: person, user_info: { name: person }, watchlist }
        answer(null, server.authenticateUser(socketId, user))
      },
    },
  })
  onTestFinished(() => client.disconnect())
  return client
}

interface Bindable {
  bind(event: string, callback: (data: never, metadata?: never) => void): unknown
}

export function once<T = unknown>(source: Bindable, event: string): Promise<T> {
  return new Promise((resolve) => {
    source.bind(event, (data) => resolve(data))
  })
}

export interface Frame {
  event: string
  channel?: string
  data?: unknown
  user_id?: string
}

/** A bare socket for what pusher-js would never send. */
export interface RawSocket {
  socket: WebSocket
  socketId: string
  frames: Frame[]
  send(event: string, data: unknown, channel?: string): void
  subscribe(channel: string, auth?: string, channelData?: string): void
  frame(event: string): Promise<Frame>
  closed: Promise<{ code: number; reason: string }>
}

export function dial(emulator: PusherEmulator, path = appPath(emulator)): RawSocket {
  const socket = new WebSocket(`ws://localhost:${emulator.port}${path}`)
  onTestFinished(() => socket.terminate())
  socket.on('error', () => {})
  const frames: Frame[] = []
  socket.on('message', (data) => frames.push(JSON.parse((data as Buffer).toString()) as Frame))
  const raw: RawSocket = {
    socket,
    socketId: '',
    frames,
    send: (event, data, channel) => socket.send(JSON.stringify({ event, data, channel })),
    subscribe: (channel, auth = '', channelData) =>
      raw.send('pusher:subscribe', { channel, auth, channel_data: channelData }),
    frame: async (event) => {
      const first = () => frames.find((frame) => frame.event === event)
      await expect.poll(first, { interval: 2 }).toBeDefined()
      return first()!
    },
    closed: new Promise((resolve) => {
      socket.once('close', (code, reason) => resolve({ code, reason: String(reason) }))
    }),
  }
  return raw
}

export async function connect(emulator: PusherEmulator): Promise<RawSocket> {
  const raw = dial(emulator)
  const { data } = await raw.frame('pusher:connection_established')
  raw.socketId = (JSON.parse(data as string) as { socket_id: string }).socket_id
  return raw
}

export function appPath({ key }: PusherEmulator): string {
  return `/app/${key}?protocol=7&client=js&version=8.6.0&flash=false`
}

export function authFor(emulator: PusherEmulator, text: string): string {
  return `${emulator.key}:${sign(emulator.secret, text)}`
}

export interface Signed {
  query?: Record<string, string>
  /** Replaces query fields after signing. */
  forge?: Record<string, string | undefined>
  secret?: string
}

/** A signed HTTP call with every part open to tampering. */
export function call(
  emulator: PusherEmulator,
  method: string,
  path: string,
  body?: unknown,
  { query = {}, forge = {}, secret = emulator.secret }: Signed = {},
): Promise<Response> {
  const text = body === undefined ? undefined : JSON.stringify(body)
  const fields: Record<string, string> = {
    auth_key: emulator.key,
    auth_timestamp: String(Math.floor(Date.now() / 1000)),
    auth_version: '1.0',
    ...(text === undefined ? {} : { body_md5: createHash('md5').update(text).digest('hex') }),
    ...query,
  }
  const full = `/apps/${emulator.appId}${path}`
  const sorted = Object.keys(fields).toSorted()
  const signed = sorted.map((key) => `${key}=${fields[key]}`).join('&')
  fields.auth_signature = sign(secret, `${method}\n${full}\n${signed}`)
  const sent = Object.entries({ ...fields, ...forge }).filter(([, value]) => value !== undefined)
  const search = new URLSearchParams(sent as [string, string][])
  return fetch(`${emulator.url}${full}?${search.toString()}`, { method, body: text ?? null })
}

export function control(emulator: PusherEmulator, path: string, body: unknown): Promise<Response> {
  return fetch(`${emulator.url}/__emulator/${path}`, {
    method: 'POST',
    body: JSON.stringify(body),
  })
}
