import { fileURLToPath } from 'node:url'
import { join } from 'node:path'
import { startChild, type Child } from './child.ts'
import { PEOPLE } from './seed/seed-people.ts'

/** The Auth0 tenant: the emulator, or a real one when the environment has its keys. */
export interface Auth0Service {
  domain: string
  audience: string
  clientId: string
  /** Undefined when the api has no access to the Management API. */
  management: { clientId: string; clientSecret: string } | undefined
  eventsSecret: string | undefined
  /** Whether it is the emulator. */
  isLocal: boolean
}

/** The broker: the emulator, or a real Channels app when the environment has its keys. */
export interface PusherService {
  appId: string
  key: string
  secret: string
  masterKey: string
  cluster: string | undefined
  host: string | undefined
  port: number | undefined
  /** Whether it is the emulator. */
  isLocal: boolean
}

const LOCAL_AUDIENCE = 'https://api.conclave.example'

/** A running emulator, and how to reach it. */
interface Started<Service> {
  service: Service
  child: Child
}

/** Starts the Auth0 emulator. */
export async function startLocalAuth0(options: {
  port: number
  dataDir: string
  webOrigin: string
  /** Its host name; the web's is `localhost`. */
  host: 'localhost' | '127.0.0.1'
  /** The address of the api, which receives events about blocked and deleted people. */
  api: string
  eventsSecret: string
  onLine?: (line: string) => void
}): Promise<Started<Auth0Service>> {
  const child = await startChild({
    name: 'The Auth0 emulator',
    entry: fileURLToPath(import.meta.resolve('@conclave/auth0-emulator/main')),
    env: {
      AUTH0_EMULATOR_PARENT: '1',
      AUTH0_EMULATOR_OPTIONS: JSON.stringify({
        port: options.port,
        host: options.host,
        dataDir: join(options.dataDir, 'auth0'),
        audience: LOCAL_AUDIENCE,
        webOrigins: [options.webOrigin],
        people: PEOPLE.map((person) => ({ ...person, emailVerified: true })),
        events: { url: `${options.api}/auth0/events`, token: options.eventsSecret },
      }),
    },
    ...(options.onLine ? { onLine: options.onLine } : {}),
  })
  const service = {
    domain: String(child.facts['url']),
    audience: String(child.facts['audience']),
    clientId: String(child.facts['clientId']),
    management: child.facts['management'] as Auth0Service['management'],
    eventsSecret: options.eventsSecret,
    isLocal: true,
  }
  return { service, child }
}

/** Starts the Pusher emulator; on the same port it is the same app again. */
export async function startLocalPusher(options: {
  port: number
  masterKey: string
  /** The address of the api, which receives webhooks about occupied channels. */
  api: string
  onLine?: (line: string) => void
}): Promise<Started<PusherService>> {
  const child = await startChild({
    name: 'The Pusher emulator',
    entry: fileURLToPath(import.meta.resolve('@conclave/pusher-emulator/main')),
    env: {
      PUSHER_EMULATOR_PARENT: '1',
      PUSHER_EMULATOR_OPTIONS: JSON.stringify({
        port: options.port,
        webhookUrl: `${options.api}/pusher/webhooks`,
      }),
    },
    ...(options.onLine ? { onLine: options.onLine } : {}),
  })
  const service = {
    appId: String(child.facts['appId']),
    key: String(child.facts['key']),
    secret: String(child.facts['secret']),
    masterKey: options.masterKey,
    cluster: undefined,
    host: 'localhost',
    port: Number(child.facts['port']),
    isLocal: true,
  }
  return { service, child }
}

/** The real tenant named in the environment, if one is. */
export function auth0FromEnvironment(env: NodeJS.ProcessEnv): Auth0Service | undefined {
  const domain = env['AUTH0_DOMAIN']
  if (!domain) return undefined
  return {
    domain,
    audience: env['AUTH0_AUDIENCE'] ?? '',
    clientId: env['AUTH0_CLIENT_ID'] ?? '',
    management: managementFrom(env),
    eventsSecret: env['AUTH0_EVENTS_SECRET'],
    isLocal: false,
  }
}

// An incomplete pair is passed on, so that the api reports what is missing.
function managementFrom(env: NodeJS.ProcessEnv): Auth0Service['management'] {
  const clientId = env['AUTH0_MANAGEMENT_CLIENT_ID'] ?? ''
  const clientSecret = env['AUTH0_MANAGEMENT_CLIENT_SECRET'] ?? ''
  return clientId || clientSecret ? { clientId, clientSecret } : undefined
}

/** The real Channels app named in the environment, if one is. */
export function pusherFromEnvironment(env: NodeJS.ProcessEnv): PusherService | undefined {
  const appId = env['PUSHER_APP_ID']
  if (!appId) return undefined
  return {
    appId,
    key: env['PUSHER_KEY'] ?? '',
    secret: env['PUSHER_SECRET'] ?? '',
    masterKey: env['PUSHER_MASTER_KEY'] ?? '',
    cluster: env['PUSHER_CLUSTER'],
    host: env['PUSHER_HOST'],
    port: env['PUSHER_PORT'] ? Number(env['PUSHER_PORT']) : undefined,
    isLocal: false,
  }
}
