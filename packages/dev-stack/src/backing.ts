import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Child } from './child.ts'
import type { Part, Parts } from './part.ts'
import { freePort } from './ports.ts'
import { startPostgres } from './postgres.ts'
import {
  auth0FromEnvironment,
  pusherFromEnvironment,
  startLocalAuth0,
  startLocalPusher,
  type Auth0Service,
  type PusherService,
} from './services.ts'

/** What the api stands on; a part only where it is ours to start. */
export interface Backed<Service> {
  service: Service
  part: Part | undefined
}

type OnLine = { onLine?: (line: string) => void }

export async function backPostgres(
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

export async function backAuth0(
  parts: Parts,
  env: NodeJS.ProcessEnv,
  options: Omit<Parameters<typeof startLocalAuth0>[0], 'eventsSecret'>,
): Promise<Backed<Auth0Service>> {
  const given = auth0FromEnvironment(env)
  if (given) return { service: given, part: undefined }
  const eventsSecret = randomBytes(32).toString('hex')
  return backed(parts, async () => startLocalAuth0({ ...options, eventsSecret }))
}

export async function backPusher(
  parts: Parts,
  env: NodeJS.ProcessEnv,
  options: { port: number; api: string } & OnLine,
): Promise<Backed<PusherService>> {
  const given = pusherFromEnvironment(env)
  if (given) return { service: given, part: undefined }
  // One master key for all its lives, so that what was encrypted stays readable.
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
  if (!service) throw new Error('A part is started before it is added')
  return { service, part }
}
