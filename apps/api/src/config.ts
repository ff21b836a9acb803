import { Value } from 'typebox/value'
import { isGenerous, scaledLimits } from './config.limits.ts'
import { Environment, listOf, OPTIONAL, type EnvironmentName } from './config.schema.ts'

export type Config = ReturnType<typeof toConfig>

/** Thrown before anything starts: one line for each invalid variable, never its value. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

/**
 * The only reader of the environment: returns one frozen object, or throws `ConfigError` naming every invalid variable.
 */
export function loadConfig(env: Record<string, string | undefined> = process.env): Config {
  const values = definedValues(env)
  const complaints = [
    ...complaintsOf(values),
    ...brokerComplaints(values),
    ...managementComplaints(values),
    ...limitComplaints(values),
  ]
  if (complaints.length > 0) {
    throw new ConfigError(['The api cannot start:', ...complaints].join('\n  '))
  }
  return deepFreeze(toConfig(values))
}

type Values = Partial<Record<EnvironmentName, string>>

function definedValues(env: Record<string, string | undefined>): Values {
  const names = Object.keys(Environment) as EnvironmentName[]
  return Object.fromEntries(
    names.flatMap((name) => (env[name] ? [[name, env[name]]] : [])),
  ) as Values
}

function complaintsOf(values: Values): string[] {
  return (Object.keys(Environment) as EnvironmentName[]).flatMap((name) => {
    const { schema, hint } = Environment[name]
    const value = values[name]
    if (value === undefined) {
      return OPTIONAL.includes(name) ? [] : [`${name} is missing: ${hint}`]
    }
    return Value.Check(schema, value) ? [] : [`${name} is wrong: ${hint}`]
  })
}

function brokerComplaints(values: Values): string[] {
  if (values.PUSHER_CLUSTER && values.PUSHER_HOST) {
    return ['PUSHER_CLUSTER and PUSHER_HOST are both set: keep one of them']
  }
  if (!values.PUSHER_CLUSTER && !values.PUSHER_HOST) {
    return [`PUSHER_CLUSTER is missing: ${Environment.PUSHER_CLUSTER.hint}`]
  }
  return []
}

function managementComplaints(values: Values): string[] {
  const names = ['AUTH0_MANAGEMENT_CLIENT_ID', 'AUTH0_MANAGEMENT_CLIENT_SECRET'] as const
  const missing = names.filter((name) => !values[name])
  if (missing.length !== 1) return []
  return missing.map((name) => `${name} is missing: ${Environment[name].hint}`)
}

/** Benchmarks and tests on this machine need high limits; with a real tenant they are a mistake. */
function limitComplaints({
  API_LIMITS_FACTOR: factor,
  AUTH0_DOMAIN: tenant = '',
}: Values): string[] {
  if (!factor || !Value.Check(Environment.API_LIMITS_FACTOR.schema, factor)) return []
  if (tenant.startsWith('http://') || !isGenerous(factor)) return []
  return [`API_LIMITS_FACTOR is wrong: ${Environment.API_LIMITS_FACTOR.hint}`]
}

function toConfig(values: Values) {
  const auth0 = originOf(values.AUTH0_DOMAIN ?? '')
  return {
    port: Number(values.API_PORT ?? 3000),
    host: values.API_HOST ?? '127.0.0.1',
    /** Load balancers keep idle connections for a minute; they must close first, so ours stay open longer. */
    keepAliveSeconds: Number(values.API_KEEP_ALIVE_SECONDS ?? 75),
    webOrigins: listOf(values.WEB_ORIGIN ?? ''),
    databaseUrl: values.DATABASE_URL ?? '',
    auth0: {
      // Auth0's issuer ends in a slash and is compared as a string.
      issuer: `${auth0.origin}/`,
      audience: values.AUTH0_AUDIENCE ?? '',
      clientId: values.AUTH0_CLIENT_ID ?? '',
      tokenType: values.AUTH0_TOKEN_TYPE === 'at+jwt' ? ('at+jwt' as const) : ('JWT' as const),
      claimsNamespace: 'https://conclave.example/',
      /** Credentials for the Management API; without them the api changes nothing at Auth0. */
      management: managementOf(values),
      /** The secret that Auth0's event stream sends; without it every event is refused. */
      eventsSecret: values.AUTH0_EVENTS_SECRET,
    },
    pusher: pusherOf(values),
    trustedProxies: listOf(values.TRUSTED_PROXIES ?? ''),
    limits: scaledLimits(values.API_LIMITS_FACTOR),
    /** The bearer token for `/metrics`. */
    metricsToken: values.METRICS_TOKEN,
    logLevel: values.LOG_LEVEL ?? 'info',
    /** Whether to exit when the parent process does. */
    endsWithParent: values.CONCLAVE_PARENT_PIPE === '1',
  }
}

function managementOf(values: Values) {
  const clientId = values.AUTH0_MANAGEMENT_CLIENT_ID
  const clientSecret = values.AUTH0_MANAGEMENT_CLIENT_SECRET
  return clientId && clientSecret ? { clientId, clientSecret } : undefined
}

function pusherOf(values: Values) {
  const url = values.PUSHER_HOST ? originOf(values.PUSHER_HOST) : undefined
  const port = values.PUSHER_PORT ?? url?.port
  return {
    appId: values.PUSHER_APP_ID ?? '',
    key: values.PUSHER_KEY ?? '',
    secret: values.PUSHER_SECRET ?? '',
    /** Earlier keys that Pusher may still sign webhooks with; the api signs nothing with them. */
    previousKeys: keyPairsOf(values.PUSHER_PREVIOUS_KEYS ?? ''),
    masterKey: values.PUSHER_MASTER_KEY ?? '',
    cluster: values.PUSHER_CLUSTER,
    host: url?.hostname,
    port: port ? Number(port) : undefined,
    useTls: url?.protocol !== 'http:',
  }
}

function keyPairsOf(text: string): { key: string; secret: string }[] {
  return listOf(text).map((pair) => {
    const [key = '', secret = ''] = pair.split(':')
    return { key, secret }
  })
}

function originOf(host: string): URL {
  return new URL(host.startsWith('http://') ? host : `https://${host}`)
}

function deepFreeze<T extends object>(value: T): T {
  for (const part of Object.values(value)) {
    if (typeof part === 'object' && part !== null) deepFreeze(part)
  }
  return Object.freeze(value)
}
