import { claimPort, freePort } from './ports.ts'
import { auth0FromEnvironment, pusherFromEnvironment } from './services.ts'

export const DEV_PORTS = { web: 5173, api: 3000, auth0: 4100, pusher: 6001 } as const

/** Fixed ports, or free ones. */
export type PortChoice = typeof DEV_PORTS | 'free'

export async function choosePorts(
  ports: PortChoice,
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
