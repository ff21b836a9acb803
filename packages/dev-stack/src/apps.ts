import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { startChild, type Child } from './child.ts'
import { ROOT } from './root.ts'
import type { Auth0Service, PusherService } from './services.ts'
import { StackError } from './stack-error.ts'

const BUILT_API = 'apps/api/dist/main.js'
const BUILT_WEB = 'apps/web/dist/index.html'

// The limit on signing channels stays: it does not grow with the number of messages.
const LOCAL_LIMITS_FACTOR =
  'reading:200,writing:200,status:200,posting:200,sensitive:20,checking:200,defending:20'

/** The api's environment variables. */
export function apiEnvironment(options: {
  port: number
  webOrigin: string
  database: string
  auth0: Auth0Service
  pusher: PusherService
}): Record<string, string> {
  const { auth0, pusher } = options
  return {
    API_PORT: String(options.port),
    API_HOST: 'localhost',
    WEB_ORIGIN: options.webOrigin,
    DATABASE_URL: options.database,
    AUTH0_DOMAIN: auth0.domain,
    AUTH0_AUDIENCE: auth0.audience,
    AUTH0_CLIENT_ID: auth0.clientId,
    AUTH0_MANAGEMENT_CLIENT_ID: auth0.management?.clientId ?? '',
    AUTH0_MANAGEMENT_CLIENT_SECRET: auth0.management?.clientSecret ?? '',
    AUTH0_EVENTS_SECRET: auth0.eventsSecret ?? '',
    // A few local people play a whole team, so they get higher limits; with a real tenant the limits stay.
    ...(auth0.isLocal ? { API_LIMITS_FACTOR: LOCAL_LIMITS_FACTOR } : {}),
    PUSHER_APP_ID: pusher.appId,
    PUSHER_KEY: pusher.key,
    PUSHER_SECRET: pusher.secret,
    PUSHER_MASTER_KEY: pusher.masterKey,
    ...named(
      'PUSHER_',
      brokerAddress({ ...pusher, host: pusher.isLocal ? `http://${pusher.host}` : pusher.host }),
    ),
  }
}

/** The web's environment variables: addresses and public ids, no secret. */
export function webEnvironment(options: {
  port: number
  api: string
  auth0: Auth0Service
  pusher: PusherService
}): Record<string, string> {
  const { auth0, pusher } = options
  return {
    WEB_PORT: String(options.port),
    WEB_HOST: 'localhost',
    VITE_API_URL: options.api,
    VITE_AUTH0_DOMAIN: auth0.domain,
    VITE_AUTH0_CLIENT_ID: auth0.clientId,
    VITE_AUTH0_AUDIENCE: auth0.audience,
    VITE_PUSHER_KEY: pusher.key,
    ...named(
      'VITE_PUSHER_',
      brokerAddress({
        ...pusher,
        host: pusher.host?.replace(/^https?:\/\//, ''),
        // pusher-js requires a cluster even with a host.
        cluster: pusher.cluster ?? 'local',
      }),
    ),
  }
}

function named(prefix: string, pairs: [name: string, value: string][]): Record<string, string> {
  return Object.fromEntries(pairs.map(([name, value]) => [prefix + name, value]))
}

function brokerAddress({ cluster, host, port }: PusherService): [name: string, value: string][] {
  const pairs: [string, string | undefined][] = [
    ['CLUSTER', cluster],
    ['HOST', host],
    ['PORT', port?.toString()],
  ]
  return pairs.flatMap(([name, value]): [string, string][] => (value ? [[name, value]] : []))
}

// In MB, as in apps/api/package.json. By default Node's young generation grows to 134 MB, half of a busy api's memory,
// and is no faster. The old generation is left to V8, which adapts to the machine.
const API_MEMORY = '--max-semi-space-size=16'

/** How the api runs: `watched` restarts when its sources change. */
export type ApiForm = 'watched' | 'sources' | 'built'

/** Starts the api. */
export async function startApi(options: {
  env: Record<string, string>
  /** Where its sources or its build are. */
  checkout: string
  form: ApiForm
  onLine?: (line: string) => void
}): Promise<Child> {
  const watch = options.form === 'watched' ? ['--watch', '--watch-preserve-output'] : []
  return startChild({
    name: 'The api',
    entry: join(options.checkout, options.form === 'built' ? BUILT_API : 'apps/api/src/main.ts'),
    nodeFlags: [API_MEMORY, ...watch],
    env: { ...options.env, CONCLAVE_PARENT_PIPE: '1' },
    isReady: ({ msg }) => msg === 'listening',
    ...(options.onLine ? { onLine: options.onLine } : {}),
  })
}

/** Starts the web: the production build with its headers, or Vite while developing. */
export async function startWeb(options: {
  env: Record<string, string>
  /** Where its sources and its build are. */
  checkout: string
  develop: boolean
  onLine?: (line: string) => void
}): Promise<Child> {
  const web = join(options.checkout, 'apps/web')
  const onLine = options.onLine ? { onLine: options.onLine } : {}
  if (!options.develop) {
    return startChild({
      name: 'The web',
      entry: join(web, 'server/main.ts'),
      env: { ...options.env, CONCLAVE_PARENT_PIPE: '1' },
      ...onLine,
    })
  }
  return startChild({
    name: 'The web',
    entry: join(web, 'server/develop.ts'),
    cwd: web,
    env: { ...options.env, CONCLAVE_PARENT_PIPE: '1' },
    ...onLine,
  })
}

/** The production builds that are needed, and their checkout. */
interface Built {
  web: boolean
  api: boolean
  checkout?: string
}

/** Throws a `StackError` when there is no production build to serve. */
export function assertBuilt(what: Built): void {
  const missing = isBuilt({ ...what, api: false }) ? 'api' : 'web'
  if (!isBuilt(what))
    throw new StackError(`The ${missing} is not built yet: run \`pnpm build\` first.`)
}

/** Whether these have a production build. */
export function isBuilt({ web, api, checkout = ROOT }: Built): boolean {
  const has = (file: string) => existsSync(join(checkout, file))
  return (!web || has(BUILT_WEB)) && (!api || has(BUILT_API))
}
