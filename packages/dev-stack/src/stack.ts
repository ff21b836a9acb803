import {
  apiEnvironment,
  assertBuilt,
  startApi,
  startWeb,
  webEnvironment,
  type ApiForm,
} from './apps.ts'
import { backAuth0, backPostgres, backPusher } from './backing.ts'
import { createParts } from './part.ts'
import { PEOPLE, type SeedPerson } from './people.ts'
import { freePort } from './ports.ts'
import { ROOT } from './root.ts'
import { seedWorld } from './seed/world.ts'
import type { PusherService } from './services.ts'
import { choosePorts, type PortChoice } from './stack-ports.ts'
import { throwawayFolder } from './throwaway-folder.ts'

export interface StackOptions {
  /** `develop`: Vite and a watching api. `built`: the production build with the production headers. `none`: only the rest. */
  web: 'develop' | 'built' | 'none'
  /** By default as the web; without a web, the sources. */
  api?: ApiForm
  ports: PortChoice
  /** How many instances of the api; the web is given the first. */
  apis?: number
  /**
   * Puts the stand-in tenant on another site than the web, as a real one is: its cookies are a third party's there, and
   * frames do not see them. Sites are compared without ports, and `127.0.0.1` is another than `localhost`.
   */
  tenantOnAnotherSite?: boolean
  /** A checkout whose build runs in place of this one's, until another is deployed. */
  checkout?: string
  /** Kept between runs; without it the data goes with the stack. */
  dataDir?: string
  seed: boolean
  /** Real services named here are used in place of the stand-ins. */
  env?: NodeJS.ProcessEnv
  /** Aborted, the start ends at its next step, and what already runs is stopped. */
  signal?: AbortSignal
  onProgress?: (what: string) => void
  onLog?: (name: string, line: string) => void
}

/** A whole Conclave that answers. What is killed ends as in a crash; what is started is back on its address. */
export interface Stack {
  readonly web: string
  readonly api: string
  /** The address of every instance; `api` is the first. */
  readonly apis: readonly string[]
  readonly auth0: string
  readonly audience: string
  readonly clientId: string
  readonly pusher: PusherService
  readonly database: string
  readonly people: readonly SeedPerson[]
  readonly apiPid: number
  killApi(instance?: number): Promise<void>
  startApi(instance?: number): Promise<void>
  /** Ends the api or the web in good order, and starts the one of this checkout on the same address. */
  deploy(what: 'api' | 'web', checkout: string): Promise<void>
  /** The local broker; it forgets every connection, as a crashed broker does. */
  killPusher(): Promise<void>
  startPusher(): Promise<void>
  /** The local Postgres; it starts again by recovering what was committed. */
  killPostgres(): Promise<void>
  startPostgres(): Promise<void>
  close(): Promise<void>
}

/** The one way Conclave starts: for `dev`, `stack`, `start`, tests and benchmarks alike. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { env = {}, signal, onLog } = options
  const apiForm = options.api ?? API_BESIDE[options.web]
  const folder = options.dataDir ? undefined : throwawayFolder()
  const dataDir = options.dataDir ?? folder?.path ?? ''
  const backing = createParts()
  const front = createParts()
  const { checkout = ROOT } = options
  const running = { api: checkout, web: checkout }

  async function close(): Promise<void> {
    // The api drains into Postgres and the broker, so they outlive it.
    await front.close()
    await backing.close()
    folder?.remove()
  }
  function onProgress(what: string): void {
    signal?.throwIfAborted()
    options.onProgress?.(what)
  }
  function logOf(name: string) {
    return onLog ? { onLine: (line: string) => onLog(name, line) } : {}
  }

  try {
    assertBuilt({ web: options.web === 'built', api: apiForm === 'built', checkout })
    const ports = await choosePorts(options.ports, env)
    // Behind a proxy the world knows other addresses than the ports listened on.
    const webOrigin = env['WEB_ORIGIN'] ?? `http://localhost:${ports.web}`
    const localApi = `http://localhost:${ports.api}`
    const api = env['VITE_API_URL'] ?? localApi

    onProgress('Starting Postgres, sign-in and the broker')
    const [postgres, auth0, pusher] = await settled([
      backPostgres(backing, env, { dataDir, ...logOf('postgres') }),
      backAuth0(backing, env, {
        port: ports.auth0,
        dataDir,
        webOrigin,
        api: localApi,
        host: options.tenantOnAnotherSite ? '127.0.0.1' : 'localhost',
        ...logOf('auth0'),
      }),
      backPusher(backing, env, { port: ports.pusher, api: localApi, ...logOf('pusher') }),
    ] as const)
    const services = { auth0: auth0.service, pusher: pusher.service }

    onProgress('Starting the api and the web')
    const apiPorts = [ports.api, ...(await freePorts((options.apis ?? 1) - 1))]
    const [web, ...apis] = await settled([
      options.web === 'none'
        ? undefined
        : front.add(async () =>
            startWeb({
              env: webEnvironment({ port: ports.web, api, ...services }),
              checkout: running.web,
              develop: options.web === 'develop',
              ...logOf('web'),
            }),
          ),
      ...apiPorts.map(async (port) =>
        front.add(async () =>
          startApi({
            env: {
              ...apiEnvironment({ port, webOrigin, database: postgres.service, ...services }),
              ...settingsOf(env),
            },
            form: apiForm,
            checkout: running.api,
            ...logOf('api'),
          }),
        ),
      ),
    ])

    if (options.seed && auth0.service.isLocal) {
      onProgress('Making sure there is somebody to talk to')
      await seedWorld({ api, auth0: auth0.service.domain, database: postgres.service })
    }
    signal?.throwIfAborted()

    return {
      web: webOrigin,
      api,
      apis: [api, ...apiPorts.slice(1).map((port) => `http://localhost:${port}`)],
      auth0: auth0.service.domain,
      audience: auth0.service.audience,
      clientId: auth0.service.clientId,
      pusher: pusher.service,
      database: postgres.service,
      people: auth0.service.isLocal ? PEOPLE : [],
      get apiPid() {
        return apis[0]?.pid ?? 0
      },
      killApi: async (instance = 0) => apis[instance]?.kill(),
      startApi: async (instance = 0) => apis[instance]?.start(),
      deploy: async (what, from) => {
        running[what] = from
        for (const part of what === 'api' ? apis : [web]) {
          await part?.stop()
          await part?.start()
        }
      },
      killPusher: async () => pusher.part?.kill(),
      startPusher: async () => pusher.part?.start(),
      killPostgres: async () => postgres.part?.kill(),
      startPostgres: async () => postgres.part?.start(),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

const API_BESIDE = { develop: 'watched', built: 'built', none: 'sources' } as const

async function freePorts(count: number): Promise<number[]> {
  return Promise.all(Array.from({ length: count }, freePort))
}

/** What only changes how the api behaves, and is handed on as it is. */
function settingsOf(env: NodeJS.ProcessEnv): Record<string, string> {
  const names = [
    'AUTH0_TOKEN_TYPE',
    'TRUSTED_PROXIES',
    'API_LIMITS_FACTOR',
    'METRICS_TOKEN',
    'LOG_LEVEL',
  ]
  return Object.fromEntries(
    names.flatMap((name): [string, string][] => (env[name] ? [[name, env[name]]] : [])),
  )
}

/** Waits for all, then fails with the first failure: nothing keeps starting behind a `close`. */
async function settled<const Work extends readonly unknown[]>(
  work: Work,
): Promise<{ -readonly [Index in keyof Work]: Awaited<Work[Index]> }> {
  await Promise.allSettled(work)
  return Promise.all(work) as Promise<{ -readonly [Index in keyof Work]: Awaited<Work[Index]> }>
}
