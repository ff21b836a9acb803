import type { WebConfig } from '../src/config.ts'

type Env = Record<string, string | undefined>

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])
const NAMES = [
  'VITE_API_URL',
  'VITE_AUTH0_DOMAIN',
  'VITE_AUTH0_CLIENT_ID',
  'VITE_AUTH0_AUDIENCE',
  'VITE_PUSHER_KEY',
  'VITE_PUSHER_CLUSTER',
  'VITE_PUSHER_HOST',
  'VITE_PUSHER_PORT',
] as const
type Name = (typeof NAMES)[number]

/** Whether the environment configures the web; a build without configuration gets its config.json from the host. */
export function isConfigured(env: Env): boolean {
  return NAMES.some((name) => env[name])
}

/** The web's configuration from the environment. Throws one error that names every bad variable, without its value. */
export function webConfigFromEnv(env: Env): WebConfig {
  const bad: string[] = []
  const read = (name: Name, isValid: (value: string) => boolean, want: string): string => {
    const value = env[name] ?? ''
    if (!isValid(value)) bad.push(`${name} ${want}`)
    return value
  }
  const optional = (name: Name, isValid: (value: string) => boolean, want: string) =>
    env[name] ? read(name, isValid, want) : undefined

  const host = optional('VITE_PUSHER_HOST', isHost, 'must be a host name')
  const port = optional('VITE_PUSHER_PORT', isPort, 'must be a port')
  const config = {
    apiUrl: read('VITE_API_URL', isOrigin, 'must be an https origin, or http on this machine'),
    auth0: {
      domain: read('VITE_AUTH0_DOMAIN', isTenant, 'must be a host name, or http on this machine'),
      clientId: read('VITE_AUTH0_CLIENT_ID', isWord, 'must be set'),
      audience: read('VITE_AUTH0_AUDIENCE', isWord, 'must be set'),
    },
    pusher: {
      key: read('VITE_PUSHER_KEY', isWord, 'must be set'),
      cluster: read('VITE_PUSHER_CLUSTER', isLabel, 'must be a cluster, as in eu'),
      ...(host === undefined ? {} : { host }),
      ...(port === undefined ? {} : { port: Number(port) }),
    },
  }
  if (bad.length > 0) throw new Error(`Bad configuration:\n${bad.join('\n')}`)
  return config
}

/** The tenant's origin. A domain may begin with `http://`, but only on this machine. */
export function tenantOrigin(domain: string): string {
  return domain.includes('://') ? domain : `https://${domain}`
}

/** Where the realtime socket connects, computed the way the browser's client does. */
export function brokerOrigin({ cluster, host, port }: WebConfig['pusher']): string {
  if (host === undefined) return `wss://ws-${cluster}.pusher.com`
  const scheme = isLoopback(host) ? 'ws' : 'wss'
  return `${scheme}://${host}${port === undefined ? '' : `:${port}`}`
}

export function isLoopback(host: string): boolean {
  return LOOPBACK.has(host)
}

// These values become part of a header: nothing may end a directive or add a second source.
function isOrigin(value: string): boolean {
  if (!URL.canParse(value)) return false
  const url = new URL(value)
  if (url.origin !== value) return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url.hostname))
}

function isTenant(value: string): boolean {
  return value.includes('://') ? isOrigin(value) : isHost(value)
}

function isHost(value: string): boolean {
  return isLoopback(value) || /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(value)
}

function isPort(value: string): boolean {
  return /^[1-9][0-9]{0,4}$/.test(value) && Number(value) < 65_536
}

function isLabel(value: string): boolean {
  return /^[a-z0-9-]+$/.test(value)
}

function isWord(value: string): boolean {
  return /^[\x21-\x7e]+$/.test(value)
}
