import { join } from 'node:path'
import { apiEnvironment, assertBuilt, startApi, startWeb, webEnvironment } from './apps.ts'
import type { Child } from './child.ts'
import { PEOPLE, type SeedPerson } from './people.ts'
import { claimPort, freePort } from './ports.ts'
import { startPostgres } from './postgres.ts'
import { seedWorld } from './seed/world.ts'
import {
  auth0FromEnvironment,
  pusherFromEnvironment,
  startLocalAuth0,
  startLocalPusher,
  type Auth0Service,
  type PusherService,
} from './services.ts'
import { throwawayFolder } from './throwaway-folder.ts'

export const DEV_PORTS = { web: 5173, api: 3000, auth0: 4100, pusher: 6001 } as const

export interface StackOptions {
  /** `develop`: Vite and a watching api. `built`: the production build with the production headers. `none`: only the rest. */
  web: 'develop' | 'built' | 'none'
  /** Fixed ports, or free ones. */
  ports: typeof DEV_PORTS | 'free'
  /** Kept between runs; without it the data goes with the stack. */
  dataDir?: string
  seed: boolean
  /** Real services named here are used in place of the stand-ins. */
  env?: NodeJS.ProcessEnv
  onProgress?: (what: string) => void
  onLog?: (name: string, line: string) => void
}

/** A whole Conclave that answers. */
export interface Stack {
  readonly web: string
  readonly api: string
  readonly auth0: string
  readonly audience: string
  readonly clientId: string
  readonly pusher: Omit<PusherService, 'child'>
  readonly database: string
  readonly people: readonly SeedPerson[]
  readonly apiPid: number
  /** Ends the api as a crash would, and brings it back on the same address. */
  killApi(): Promise<void>
  startApi(): Promise<void>
  /** The same for the local broker; it forgets every connection, as a crashed broker does. */
  killPusher(): Promise<void>
  startPusher(): Promise<void>
  close(): Promise<void>
}

/** The one way Conclave starts: for `dev`, `stack`, `start`, tests and benchmarks alike. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { onProgress = () => undefined, onLog } = options
  const folder = options.dataDir ? undefined : throwawayFolder()
  const dataDir = options.dataDir ?? folder?.path ?? ''
  const started = new Set<Child>()
  const children: { api?: Child; pusher?: Child } = {}

  async function close(): Promise<void> {
    // The api drains into Postgres and the broker, so they outlive it.
    await Promise.all([...started].filter((child) => child === children.api).map(stopped))
    await Promise.all([...started].map(stopped))
    folder?.remove()
  }
  async function stopped(child: Child): Promise<void> {
    started.delete(child)
    await child.stop()
  }
  function track(child: Child | undefined): void {
    if (child) started.add(child)
  }
  function logOf(name: string) {
    return onLog ? { onLine: (line: string) => onLog(name, line) } : {}
  }

  try {
    if (options.web === 'built') assertBuilt()
    const env = options.env ?? {}
    const ports = await choosePorts(options.ports, env)
    // Behind a proxy the world knows other addresses than the ports listened on.
    const webOrigin = env['WEB_ORIGIN'] ?? `http://localhost:${ports.web}`
    const api = env['VITE_API_URL'] ?? `http://localhost:${ports.api}`

    onProgress('Starting Postgres, sign-in and the broker')
    const [database, auth0, pusher] = await settled([
      databaseOf(env, dataDir, track, logOf('postgres')),
      auth0Of(env, { port: ports.auth0, dataDir, webOrigin, ...logOf('auth0') }, track),
      pusherOf(env, { port: ports.pusher, ...logOf('pusher') }, track),
    ] as const)
    if (pusher.child) children.pusher = pusher.child

    onProgress('Starting the api and the web')
    const apiEnv = {
      ...apiEnvironment({ port: ports.api, webOrigin, database, auth0, pusher }),
      ...settingsOf(env),
    }
    async function bringApi(): Promise<void> {
      const child = await startApi({
        env: apiEnv,
        watch: options.web === 'develop',
        ...logOf('api'),
      })
      children.api = child
      track(child)
    }
    await settled([
      bringApi(),
      options.web === 'none'
        ? Promise.resolve()
        : startWeb({
            env: webEnvironment({ port: ports.web, api, auth0, pusher }),
            develop: options.web === 'develop',
            ...logOf('web'),
          }).then(track),
    ] as const)

    if (options.seed && auth0.child) {
      onProgress('Making sure there is somebody to talk to')
      await seedWorld({ api, auth0: auth0.domain, database })
    }

    const { child: _, ...pusherFacts } = pusher
    return {
      web: webOrigin,
      api,
      auth0: auth0.domain,
      audience: auth0.audience,
      clientId: auth0.clientId,
      pusher: pusherFacts,
      database,
      people: auth0.child ? PEOPLE : [],
      get apiPid() {
        return children.api?.pid ?? 0
      },
      killApi: async () => killed(children.api),
      startApi: bringApi,
      killPusher: async () => killed(children.pusher),
      startPusher: async () => {
        const again = await startLocalPusher({
          port: pusher.port ?? 0,
          masterKey: pusher.masterKey,
          ...logOf('pusher'),
        })
        if (again.child) children.pusher = again.child
        track(again.child)
      },
      close,
    }
  } catch (error) {
    await close()
    throw error
  }

  async function killed(child: Child | undefined): Promise<void> {
    if (!child) return
    started.delete(child)
    await child.kill()
  }
}

async function choosePorts(
  ports: StackOptions['ports'],
  env: NodeJS.ProcessEnv,
): Promise<Record<keyof typeof DEV_PORTS, number>> {
  if (ports === 'free')
    return { web: await freePort(), api: await freePort(), auth0: 0, pusher: await freePort() }
  return {
    web: await claimPort(ports.web, 'the web'),
    api: await claimPort(ports.api, 'the api'),
    // A real service needs no port of this machine.
    auth0: auth0FromEnvironment(env) ? 0 : await claimPort(ports.auth0, 'the local Auth0'),
    pusher: pusherFromEnvironment(env) ? 0 : await claimPort(ports.pusher, 'the local Pusher'),
  }
}

async function databaseOf(
  env: NodeJS.ProcessEnv,
  dataDir: string,
  track: (child: Child) => void,
  log: { onLine?: (line: string) => void },
): Promise<string> {
  const given = env['DATABASE_URL']
  if (given) return given
  const { url, child } = await startPostgres({ dataDir: join(dataDir, 'postgres'), ...log })
  track(child)
  return url
}

async function auth0Of(
  env: NodeJS.ProcessEnv,
  options: Parameters<typeof startLocalAuth0>[0],
  track: (child: Child | undefined) => void,
): Promise<Auth0Service> {
  const service = auth0FromEnvironment(env) ?? (await startLocalAuth0(options))
  track(service.child)
  return service
}

async function pusherOf(
  env: NodeJS.ProcessEnv,
  options: Parameters<typeof startLocalPusher>[0],
  track: (child: Child | undefined) => void,
): Promise<PusherService> {
  const service = pusherFromEnvironment(env) ?? (await startLocalPusher(options))
  track(service.child)
  return service
}

/** What only changes how the api behaves, and is handed on as it is. */
function settingsOf(env: NodeJS.ProcessEnv): Record<string, string> {
  const names = ['AUTH0_TOKEN_TYPE', 'TRUSTED_PROXIES', 'LOG_LEVEL']
  return Object.fromEntries(
    names.flatMap((name): [string, string][] => (env[name] ? [[name, env[name]]] : [])),
  )
}

/** Waits for all, then fails with the first failure: nothing keeps starting behind a `close`. */
async function settled<const Work extends readonly Promise<unknown>[]>(
  work: Work,
): Promise<{ -readonly [Index in keyof Work]: Awaited<Work[Index]> }> {
  await Promise.allSettled(work)
  return Promise.all(work)
}
