import { assertBuilt } from './apps.ts'
import { startBacking, type BackingServices } from './backing.ts'
import { createParts } from './stack-part.ts'
import { ROOT } from './root.ts'
import { PEOPLE, type SeedPerson } from './seed/seed-people.ts'
import { seedWorld } from './seed/seed-world.ts'
import type { PusherService } from './services.ts'
import { chooseAddresses, type Addresses } from './stack-addresses.ts'
import { startFront, type Front } from './stack-front.ts'
import { apiFormOf, type StackOptions } from './stack-options.ts'
import { throwawayFolder } from './throwaway-folder.ts'

/** A running Conclave. `kill…` ends a process as a crash does; `start…` brings it back on the same address. */
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
  /** Ends the api or the web gracefully, and starts the build of this checkout on the same address. */
  deploy(what: 'api' | 'web', checkout: string): Promise<void>
  /** The local broker. It loses every connection, as a crashed broker does. */
  killPusher(): Promise<void>
  startPusher(): Promise<void>
  /** The local Postgres. It recovers what was committed when it starts again. */
  killPostgres(): Promise<void>
  startPostgres(): Promise<void>
  close(): Promise<void>
}

/** The one way Conclave starts: for `dev`, `stack`, `start`, tests and benchmarks alike. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const folder = options.dataDir ? undefined : throwawayFolder()
  const backing = createParts()
  const front = createParts()

  async function close(): Promise<void> {
    // The api drains into Postgres and the broker, so they outlive it.
    await front.close()
    await backing.close()
    folder?.remove()
  }

  try {
    const { checkout = ROOT } = options
    assertBuilt({ web: options.web === 'built', api: apiFormOf(options) === 'built', checkout })
    const addresses = await chooseAddresses(options)
    beginStep(options, 'Starting Postgres, sign-in and the broker')
    const dataDir = options.dataDir ?? folder?.path ?? ''
    const backed = await startBacking(backing, addresses, { ...options, dataDir })
    beginStep(options, 'Starting the api and the web')
    const started = await startFront(front, addresses, { ...options, checkout, backed })
    if (options.seed && backed.auth0.service.isLocal) {
      beginStep(options, 'Making sure there is somebody to talk to')
      await seedWorld({
        api: addresses.api,
        auth0: backed.auth0.service.domain,
        database: backed.postgres.service,
      })
    }
    options.signal?.throwIfAborted()
    return stackOf(addresses, backed, started, close)
  } catch (error) {
    await close()
    throw error
  }
}

function beginStep({ signal, onProgress }: StackOptions, step: string): void {
  signal?.throwIfAborted()
  onProgress?.(step)
}

function stackOf(
  { webOrigin, api }: Addresses,
  { postgres, auth0, pusher }: BackingServices,
  { apis, deploy }: Front,
  close: () => Promise<void>,
): Stack {
  return {
    web: webOrigin,
    api,
    apis: apis.map(({ address }) => address),
    auth0: auth0.service.domain,
    audience: auth0.service.audience,
    clientId: auth0.service.clientId,
    pusher: pusher.service,
    database: postgres.service,
    people: auth0.service.isLocal ? PEOPLE : [],
    get apiPid() {
      return apis[0]?.part.pid ?? 0
    },
    killApi: async (instance = 0) => apis[instance]?.part.kill(),
    startApi: async (instance = 0) => apis[instance]?.part.start(),
    deploy,
    killPusher: async () => pusher.part?.kill(),
    startPusher: async () => pusher.part?.start(),
    killPostgres: async () => postgres.part?.kill(),
    startPostgres: async () => postgres.part?.start(),
    close,
  }
}
