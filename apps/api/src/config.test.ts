import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { describe, expect, test } from 'vitest'
import { ConfigError, loadConfig } from './config.ts'
import { Environment } from './config.schema.ts'

const EXAMPLE = readFileSync(join(import.meta.dirname, '../../../.env.example'), 'utf8')
const good = parseEnv(EXAMPLE) as Record<string, string>

function complaints(env: Record<string, string | undefined>): string[] {
  try {
    loadConfig({ ...good, ...env })
    return []
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError)
    return (error as Error).message.split('\n  ').slice(1)
  }
}

describe('.env.example', () => {
  test('starts the api unchanged', () => {
    expect(loadConfig(good).auth0.issuer).toBe('https://acme.eu.auth0.com/')
  })

  test('has every setting, and no other', () => {
    const named = [...EXAMPLE.matchAll(/^(?:# )?([A-Z][A-Z0-9_]+)=/gm)].map(([, name]) => name)
    const internal = ['CONCLAVE_PARENT_PIPE']
    expect(new Set([...named, ...internal])).toEqual(new Set(Object.keys(Environment)))
  })
})

test('an empty environment is refused with every missing name, one line each', () => {
  expect(() => loadConfig({})).toThrow(ConfigError)
  const missing = complaints(Object.fromEntries(Object.keys(good).map((name) => [name, ''])))
  expect(missing.map((line) => line.split(' ', 1)[0])).toEqual([
    'WEB_ORIGIN',
    'DATABASE_URL',
    'AUTH0_DOMAIN',
    'AUTH0_AUDIENCE',
    'AUTH0_CLIENT_ID',
    'PUSHER_APP_ID',
    'PUSHER_KEY',
    'PUSHER_SECRET',
    'PUSHER_MASTER_KEY',
    'PUSHER_CLUSTER',
  ])
})

test('a refusal says what to write and never repeats a value', () => {
  const lines = complaints({
    DATABASE_URL: 'mysql://root:hunter2@db/x',
    PUSHER_MASTER_KEY: 'aHVudGVyMg==',
    PUSHER_CLUSTER: 'Hunter2',
  })
  expect(lines).toHaveLength(3)
  expect(lines.join()).toContain('openssl rand -base64 32')
  expect(lines.join().toLowerCase()).not.toContain('hunter2')
  expect(lines.join()).not.toContain('aHVudGVy')
})

test.each([
  ['API_PORT', ['-1', '65536', '3000x', '1e3', ' 1'], ['0', '65535']],
  ['API_HOST', ['http://x', 'a b'], ['127.0.0.1', '::', 'localhost']],
  [
    'WEB_ORIGIN',
    ['*', 'https://a.test/', 'https://A.test', 'a.test', 'https://a.test,*', 'ftp://a.test'],
    ['https://a.test', 'http://localhost:5173,https://a.test:8443'],
  ],
  [
    'AUTH0_DOMAIN',
    [
      'https://a.auth0.com',
      'http://a.auth0.com',
      'a.auth0.com/',
      'a b',
      'http://localhost.evil.com',
    ],
    ['a.auth0.com', 'http://localhost:4100', 'http://127.0.0.1:4100'],
  ],
  ['AUTH0_EVENTS_SECRET', ['short', `${'a'.repeat(32)} b`], ['a'.repeat(32)]],
  ['AUTH0_TOKEN_TYPE', ['jwt', 'logout+jwt'], ['JWT', 'at+jwt']],
  ['PUSHER_MASTER_KEY', ['short', 'A'.repeat(44)], [`${'A'.repeat(43)}=`]],
  ['TRUSTED_PROXIES', ['true', '10.0.0.0/33', '10.0.0', '1'], ['10.0.0.0/8, ::1', '192.0.2.1']],
  ['LOG_LEVEL', ['verbose'], ['debug', 'silent']],
])('%s refuses what is not it, and takes what is', (name, bad, fine) => {
  for (const value of bad) expect(complaints({ [name]: value }), value).toHaveLength(1)
  for (const value of fine) expect(complaints({ [name]: value }), value).toEqual([])
})

test('the broker is a cluster over TLS, or a host, and never both', () => {
  expect(loadConfig(good).pusher).toMatchObject({ cluster: 'eu', host: undefined, useTls: true })
  const local = { PUSHER_CLUSTER: '', PUSHER_HOST: 'http://localhost', PUSHER_PORT: '6001' }
  expect(loadConfig({ ...good, ...local }).pusher).toMatchObject({
    cluster: undefined,
    host: 'localhost',
    port: 6001,
    useTls: false,
  })
  expect(loadConfig({ ...good, ...local, PUSHER_HOST: 'ws.example.com' }).pusher.useTls).toBe(true)
  expect(complaints({ PUSHER_HOST: 'ws.example.com' })).toHaveLength(1)
  expect(complaints({ ...local, PUSHER_HOST: 'http://ws.example.com' })).toHaveLength(1)
})

test('the Management API needs an id and a secret, or neither', () => {
  expect(loadConfig(good).auth0.management).toBeUndefined()
  const both = { AUTH0_MANAGEMENT_CLIENT_ID: 'machine', AUTH0_MANAGEMENT_CLIENT_SECRET: 'hush' }
  expect(loadConfig({ ...good, ...both }).auth0.management).toEqual({
    clientId: 'machine',
    clientSecret: 'hush',
  })
  for (const name of Object.keys(both)) expect(complaints({ ...both, [name]: '' })).toHaveLength(1)
})

test('a configuration cannot be changed after it was read', () => {
  const config = loadConfig(good)
  expect(Object.isFrozen(config)).toBe(true)
  expect(Object.isFrozen(config.pusher)).toBe(true)
  expect(Object.isFrozen(config.webOrigins)).toBe(true)
})

function maxima(factor: string) {
  const { posting, reading } = loadConfig({ ...good, API_LIMITS_FACTOR: factor }).limits
  return { posting: posting.max, reading: reading.max }
}

describe('limits', () => {
  test('are as declared, or multiplied, all of them or some', () => {
    expect(maxima('')).toEqual({ posting: 30, reading: 600 })
    expect(maxima('0.5')).toEqual({ posting: 15, reading: 300 })
    expect(maxima('posting:3')).toEqual({ posting: 90, reading: 600 })
    expect(maxima('2,posting:3')).toEqual({ posting: 90, reading: 1200 })
    expect(maxima('0.001')).toEqual({ posting: 1, reading: 1 })
  })

  test.each(['0', '-1', 'x', '1;2', 'posting', 'shouting:2', 'constructor:2', '1,', '1e9'])(
    'are not multiplied by %s',
    (factor) => {
      expect(complaints({ API_LIMITS_FACTOR: factor })).toHaveLength(1)
    },
  )

  test('can only be multiplied by more than 10 with the Auth0 emulator', () => {
    for (const factor of ['11', 'posting:11']) {
      const env = { API_LIMITS_FACTOR: factor }
      expect(complaints(env)).toEqual([expect.stringContaining('API_LIMITS_FACTOR is wrong')])
      expect(complaints({ ...env, AUTH0_DOMAIN: 'http://localhost:4100' })).toEqual([])
    }
    expect(complaints({ API_LIMITS_FACTOR: '10' })).toEqual([])
  })
})

test('a metrics token has a minimum length', () => {
  expect(complaints({ METRICS_TOKEN: 'short' })).toHaveLength(1)
  expect(complaints({ METRICS_TOKEN: 'f'.repeat(48) })).toEqual([])
})
