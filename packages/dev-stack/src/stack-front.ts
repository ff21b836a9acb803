import { apiEnvironment, startApi, startWeb, webEnvironment } from './apps.ts'
import type { Child } from './child.ts'
import type { Part, Parts } from './stack-part.ts'
import { freePort } from './ports.ts'
import { settled } from './settled.ts'
import type { Addresses } from './stack-addresses.ts'
import type { BackingServices } from './backing.ts'
import { apiFormOf, logOf, type StackOptions } from './stack-options.ts'

export interface ApiInstance {
  address: string
  part: Part
}

/** The processes that answer browsers. */
export interface Front {
  apis: readonly ApiInstance[]
  /** Stops the api or the web gracefully, and starts the build of this checkout on the same address. */
  deploy: (what: 'api' | 'web', checkout: string) => Promise<void>
}

/** Starts the web, unless the options say `none`, and every instance of the api; returns the instances. */
export async function startFront(
  parts: Parts,
  { ports, webOrigin, api }: Addresses,
  options: StackOptions & { checkout: string; backed: BackingServices },
): Promise<Front> {
  const { web, env = {}, checkout, backed } = options
  const running = { api: checkout, web: checkout }
  const services = { auth0: backed.auth0.service, pusher: backed.pusher.service }

  async function startOurWeb(): Promise<Child> {
    return startWeb({
      env: webEnvironment({ port: ports.web, api, ...services }),
      checkout: running.web,
      develop: web === 'develop',
      ...logOf(options, 'web'),
    })
  }

  async function addApi(address: string, port: number): Promise<ApiInstance> {
    const database = backed.postgres.service
    const part = await parts.add(async () =>
      startApi({
        env: {
          ...apiEnvironment({ port, webOrigin, database, ...services }),
          ...settingsOf(env),
        },
        form: apiFormOf(options),
        checkout: running.api,
        ...logOf(options, 'api'),
      }),
    )
    return { address, part }
  }

  const further = await freePorts((options.apis ?? 1) - 1)
  const [webPart, ...apis] = await settled([
    web === 'none' ? undefined : parts.add(startOurWeb),
    addApi(api, ports.api),
    ...further.map(async (port) => addApi(`http://localhost:${port}`, port)),
  ])

  async function deploy(what: 'api' | 'web', from: string): Promise<void> {
    running[what] = from
    for (const part of what === 'api' ? apis.map((instance) => instance.part) : [webPart]) {
      await part?.stop()
      await part?.start()
    }
  }
  return { apis, deploy }
}

async function freePorts(count: number): Promise<number[]> {
  return Promise.all(Array.from({ length: count }, freePort))
}

/** Settings of the api that are passed on unchanged. */
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
