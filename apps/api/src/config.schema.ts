import { isLimitsFactor } from './config.limits.ts'
import { isIP } from 'node:net'
import { Type } from 'typebox'

const LOOPBACK_URL = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/
const HOST_NAME = /^(?!-)[a-z0-9-]+(\.[a-z0-9-]+)*$/i

/** Every variable the api reads; `hint` says what a valid value is. */
export const Environment = {
  API_PORT: setting(isPort, 'a port from 0 to 65535; 0 takes a free one'),
  API_HOST: setting(isHostOrAddress, 'the address to listen on, such as 127.0.0.1'),
  API_KEEP_ALIVE_SECONDS: setting(
    isKeepAlive,
    'whole seconds from 1 to 3600, more than a load balancer keeps idle connections',
  ),
  WEB_ORIGIN: setting(isOriginList, 'origins such as https://chat.example.com, comma separated'),
  DATABASE_URL: setting(
    isPostgresUrl,
    'postgres://user:password@host:5432/database, with one host',
  ),
  AUTH0_DOMAIN: setting(
    isHost,
    'the bare host of the Auth0 tenant, such as acme.eu.auth0.com; http:// only for localhost',
  ),
  AUTH0_AUDIENCE: setting(isText, 'the identifier of the API in Auth0'),
  AUTH0_CLIENT_ID: setting(isText, 'the client id of the web application in Auth0'),
  AUTH0_TOKEN_TYPE: setting(
    (text) => text === 'JWT' || text === 'at+jwt',
    'JWT, or at+jwt for the RFC 9068 profile',
  ),
  AUTH0_MANAGEMENT_CLIENT_ID: setting(
    isText,
    'the client id of the machine-to-machine application',
  ),
  AUTH0_MANAGEMENT_CLIENT_SECRET: setting(isText, 'the secret of that application'),
  AUTH0_EVENTS_SECRET: setting(
    (text) => /^\S{32,}$/.test(text),
    '32 or more random characters: openssl rand -hex 32',
  ),
  PUSHER_APP_ID: setting((text) => /^[\w-]{1,64}$/.test(text), 'the app id of the Channels app'),
  PUSHER_KEY: setting(isText, 'the key of the Channels app'),
  PUSHER_SECRET: setting(isText, 'the secret of the Channels app'),
  PUSHER_PREVIOUS_KEYS: setting(
    isKeyPairList,
    'key:secret of earlier keys of the app that are still active, comma separated',
  ),
  PUSHER_CLUSTER: setting((text) => /^[a-z0-9-]{1,32}$/.test(text), 'a cluster such as eu'),
  PUSHER_HOST: setting(
    isHost,
    'a bare host, in place of PUSHER_CLUSTER; http:// only for localhost',
  ),
  PUSHER_PORT: setting(isPort, 'the port of PUSHER_HOST'),
  PUSHER_MASTER_KEY: setting(is32Bytes, '32 random bytes in base64: openssl rand -base64 32'),
  TRUSTED_PROXIES: setting(isCidrList, 'addresses or ranges such as 10.0.0.0/8, comma separated'),
  API_LIMITS_FACTOR: setting(
    isLimitsFactor,
    'how many times the limits: 2, or for some of them, posting:2,reading:5; more than 10 only with a local Auth0',
  ),
  METRICS_TOKEN: setting(
    (text) => /^[\w.~+/=-]{24,256}$/.test(text),
    '24 random characters or more: openssl rand -hex 32',
  ),
  LOG_LEVEL: setting(
    (text) => ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'].includes(text),
    'fatal, error, warn, info, debug, trace or silent',
  ),
  CONCLAVE_PARENT_PIPE: setting((text) => text === '1', '1, or nothing'),
}
export type EnvironmentName = keyof typeof Environment

export const OPTIONAL: readonly EnvironmentName[] = [
  'API_PORT',
  'API_HOST',
  'API_KEEP_ALIVE_SECONDS',
  'AUTH0_TOKEN_TYPE',
  'AUTH0_MANAGEMENT_CLIENT_ID',
  'AUTH0_MANAGEMENT_CLIENT_SECRET',
  'AUTH0_EVENTS_SECRET',
  'PUSHER_PREVIOUS_KEYS',
  'PUSHER_CLUSTER',
  'PUSHER_HOST',
  'PUSHER_PORT',
  'TRUSTED_PROXIES',
  'API_LIMITS_FACTOR',
  'METRICS_TOKEN',
  'LOG_LEVEL',
  'CONCLAVE_PARENT_PIPE',
]

export function listOf(text: string): string[] {
  return text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '')
}

function setting(check: (text: string) => boolean, hint: string) {
  return { schema: Type.Refine(Type.String(), check), hint }
}

function isText(text: string): boolean {
  return text.trim() === text
}

function isPort(text: string): boolean {
  return /^\d{1,5}$/.test(text) && Number(text) <= 65_535
}

function isKeepAlive(text: string): boolean {
  return /^[1-9]\d{0,3}$/.test(text) && Number(text) <= 3_600
}

function isKeyPairList(text: string): boolean {
  const pairs = listOf(text)
  return pairs.length > 0 && pairs.every((pair) => /^[^\s:]+:[^\s:]+$/.test(pair))
}

function isHostOrAddress(text: string): boolean {
  return isIP(text) !== 0 || HOST_NAME.test(text)
}

/** TLS everywhere, except to this machine. */
function isHost(text: string): boolean {
  return HOST_NAME.test(text) || LOOPBACK_URL.test(text)
}

function isOriginList(text: string): boolean {
  const origins = listOf(text)
  return origins.length > 0 && origins.every(isOrigin)
}

// It is compared byte by byte with what a browser sends: no path, no trailing slash, no upper case.
function isOrigin(text: string): boolean {
  return /^https?:\/\//.test(text) && URL.canParse(text) && new URL(text).origin === text
}

function isPostgresUrl(text: string): boolean {
  // With a list of servers the driver retries without end while all of them are unreachable.
  return /^postgres(ql)?:\/\/[^,]+$/.test(text) && URL.canParse(text)
}

function is32Bytes(text: string): boolean {
  return /^[A-Za-z0-9+/]{43}=$/.test(text) && Buffer.from(text, 'base64').length === 32
}

function isCidrList(text: string): boolean {
  return listOf(text).every(isCidr)
}

function isCidr(text: string): boolean {
  const [address = '', bits, ...rest] = text.split('/')
  const family = isIP(address)
  if (family === 0 || rest.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128))
}
