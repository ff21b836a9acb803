import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Child } from './child.ts'
import type { Part, Parts } from './stack-part.ts'
import { freePort } from './ports.ts'
import { startPostgres } from './postgres.ts'
import { settled } from './settled.ts'
import type { Addresses } from './stack-addresses.ts'
import { logOf, type StackOptions } from './stack-options.ts'
import {
  auth0FromEnvironment,
  pusherFromEnvironment,
  startLocalAuth0,
  startLocalPusher,
  type Auth0Service,
  type PusherService,
} from './services.ts'

/** A service that the api depends on; `part` is undefined where somebody else runs it. */
interface Backed<Service> {
  service: Service
  part: Part | undefined
}

export type BackingServices = Awaited<ReturnType<typeof startBacking>>

/** Starts what the api depends on, in parallel. */
export async function startBacking(
  parts: Parts,
  { ports, webOrigin, localApi: api }: Addresses,
  options: StackOptions & { dataDir: string },
) {
  const { env = {}, dataDir } = options
  const [postgres, auth0, pusher] = await settled([
    backPostgres(parts, env, { dataDir, ...logOf(options, 'postgres') }),
    backAuth0(parts, env, {
      port: ports.auth0,
      dataDir,
      webOrigin,
      api,
      host: options.tenantOnAnotherSite ? '127.0.0.1' : 'localhost',
      ...logOf(options, 'auth0'),
    }),
    backPusher(parts, env, { port: ports.pusher, api, ...logOf(options, 'pusher') }),
  ] as const)
  return { postgres, auth0, pusher }
}

type OnLine = { onLine?: (line: string) => void }

async function backPostgres(
  parts: Parts,
  env: NodeJS.ProcessEnv,
  options: { dataDir: string } & OnLine,
): Promise<Backed<string>> {
  const given = env['DATABASE_URL']
  if (given) return { service: given, part: undefined }
  const { dataDir, ...log } = options
  const port = await freePort()
  let url = ''
  const part = await parts.add(async () => {
    const started = await startPostgres({ dataDir: join(dataDir, 'postgres'), port, ...log })
    url = started.url
    return started.child
  })
  return { service: url, part }
}

async function backAuth0(
  parts: Parts,
  env: NodeJS.ProcessEnv,
  options: Omit<Parameters<typeof startLocalAuth0>[0], 'eventsSecret'>,
): Promise<Backed<Auth0Service>> {
  const given = auth0FromEnvironment(env)
  if (given) return { service: given, part: undefined }
  const eventsSecret = randomBytes(32).toString('hex')
  return backed(parts, async () => startLocalAuth0({ ...options, eventsSecret }))
}

async function backPusher(
  parts: Parts,
  env: NodeJS.ProcessEnv,
  options: { port: number; api: string } & OnLine,
): Promise<Backed<PusherService>> {
  const given = pusherFromEnvironment(env)
  if (given) return { service: given, part: undefined }
  // The same master key after every restart, so that what was encrypted stays readable.
  const masterKey = randomBytes(32).toString('base64')
  return backed(parts, async () => startLocalPusher({ ...options, masterKey }))
}

async function backed<Service>(
  parts: Parts,
  start: () => Promise<{ service: Service; child: Child }>,
): Promise<Backed<Service>> {
  let service: Service | undefined
  const part = await parts.add(async () => {
    const started = await start()
    service = started.service
    return started.child
  })
  if (!service) throw new Error('A part was added without a service')
  return { service, part }
}
