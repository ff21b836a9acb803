import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type Auth0Emulator, startAuth0Emulator } from '@conclave/auth0-emulator/index'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createManagement, statusOf, type Auth0Management } from './management.ts'

const SCOPES = ['read:users', 'update:users', 'delete:sessions', 'delete:refresh_tokens']

let auth0: Auth0Emulator
let sub: string

beforeAll(async () => {
  auth0 = await startAuth0Emulator({
    webOrigins: [],
    people: [{ name: 'Alice', email: 'alice@example.com', password: 'alice-in-conclave' }],
    management: { scopes: SCOPES },
  })
  sub = subOf(await auth0.accessTokenFor('alice@example.com'))
})
beforeEach(() => auth0.setManagementFault({ mode: 'none' }))
afterAll(async () => auth0.close())

test('without credentials there is no client', () => {
  expect(createManagement({ auth0: { issuer: auth0.issuer } } as never)).toBeUndefined()
  expect(open()).toBeDefined()
})

test('alice is blocked, seen as blocked, listed, and unblocked again', async () => {
  const management = open()
  expect(await management.readUser(sub)).toEqual({ blocked: false })
  await management.setBlocked(sub, true)
  expect(await management.readUser(sub)).toEqual({ blocked: true })
  expect(await management.listBlocked()).toEqual([sub])
  await management.setBlocked(sub, false)
  expect(await management.readUser(sub)).toEqual({ blocked: false })
  await management.endSessions(sub)
  await management.endSessions(sub, 'a session')
})

test('docs/self-hosting.md lists exactly the scopes that are needed', () => {
  const page = join(import.meta.dirname, '../../../../docs/self-hosting.md')
  const text = readFileSync(page, 'utf8')
  const named = [...text.matchAll(/`((?:read|create|update|delete):\w+)`/g)].map(
    ([, scope]) => scope,
  )
  expect(new Set(named)).toEqual(new Set(SCOPES))
})

test('only addresses of users are requested, whatever an id looks like', async () => {
  const management = open()
  for (const odd of ['auth0|x/../../clients', 'auth0|%2e%2e/clients', 'auth0|a b?c#d', 'x|..']) {
    expect(await management.readUser(odd)).toBeUndefined()
    await expect(management.setBlocked(odd, true)).rejects.toMatchObject({ statusCode: 404 })
  }
  await expect(management.readUser('..')).rejects.toThrow('Not an Auth0 user id')
  expect(await management.readUser(sub)).toBeDefined()
  const called = auth0.managementCalls().map(({ path }) => path)
  expect(
    called.filter((path) => !/^\/api\/v2\/users(\/[^/]+(\/revoke-access)?)?$/.test(path)),
  ).toEqual([])
})

test.each([
  [{ mode: 'limited' }, 429],
  [{ mode: 'error', status: 503 }, 503],
  [{ mode: 'down' }, undefined],
] as const)(
  'when Auth0 is %j one call is one failure, and the next one works',
  async (fault, status) => {
    const management = open()
    await management.readUser(sub)
    const before = auth0.managementCalls().length
    auth0.setManagementFault(fault)
    const error: unknown = await management.readUser(sub).catch((failure: unknown) => failure)
    expect(error).toBeInstanceOf(Error)
    expect(statusOf(error)).toBe(status)
    expect(auth0.managementCalls()).toHaveLength(before + 1)
    auth0.setManagementFault({ mode: 'none' })
    expect(await management.readUser(sub)).toEqual({ blocked: false })
  },
)

test('a request to an Auth0 that hangs times out', async () => {
  const management = open()
  await management.readUser(sub)
  auth0.setManagementFault({ mode: 'slow', delayMs: 60_000 })
  const began = performance.now()
  await expect(management.readUser(sub)).rejects.toThrow()
  expect(performance.now() - began).toBeLessThan(6_000)
})

test('a redirect is not followed', async () => {
  await using tenant = await startTenant([302])
  await expect(open(tenant.issuer).readUser('auth0|alice')).rejects.toThrow()
  expect(tenant.asked).toEqual([TOKEN, '/api/v2/users/auth0%7Calice?fields=user_id%2Cblocked'])
})

test('the token is kept after failures, and replaced when it was revoked', async () => {
  await using tenant = await startTenant([500, 503, 401, 200])
  const management = open(tenant.issuer)
  const tokens = () => tenant.asked.filter((path) => path === TOKEN).length
  for (const status of [500, 503, 401]) {
    await expect(management.readUser('auth0|alice')).rejects.toMatchObject({ statusCode: status })
    expect(tokens()).toBe(1)
  }
  expect(await management.readUser('auth0|alice')).toEqual({ blocked: false })
  expect(tokens()).toBe(2)
})

const TOKEN = '/oauth/token'

/** A tenant that gives tokens to everybody, and these answers about people. */
async function startTenant(statuses: number[]) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    const isToken = request.url === TOKEN
    const status = isToken ? 200 : (statuses.shift() ?? 500)
    response.writeHead(status, { 'content-type': 'application/json', location: '/away' })
    response.end(JSON.stringify({ access_token: 'token', expires_in: 600, token_type: 'Bearer' }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    asked,
    issuer: `http://localhost:${(server.address() as AddressInfo).port}/`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

function open(issuer = auth0.issuer): Auth0Management {
  const management = createManagement({ auth0: { issuer, management: auth0.management } } as never)
  if (!management) throw new Error('There were credentials')
  return management
}

function subOf(token: string): string {
  const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()
  return (JSON.parse(payload) as { sub: string }).sub
}
