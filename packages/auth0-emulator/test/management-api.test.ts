import { ManagementClient, ManagementError } from 'auth0'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type Auth0Emulator, startAuth0Emulator } from '../src/index.ts'
import { ALICE, BOB, CAST, MACHINE, WEB } from './test-people.ts'
import { callbackOf, postToken, refresh, visit } from './visitor.ts'

const SCOPES = ['read:users', 'update:users', 'delete:sessions', 'delete:refresh_tokens']

let emulator: Auth0Emulator
beforeAll(async () => {
  emulator = await startAuth0Emulator({ webOrigins: [WEB], people: CAST, machine: MACHINE })
})
beforeEach(() => emulator.setManagementFault({ mode: 'none' }))
afterAll(() => emulator.close())

describe('the Management API, through the real SDK', () => {
  it('shows a person, under an id that has to be encoded', async () => {
    const user = await management().users.get(await subOf(ALICE.email))
    expect(user).toMatchObject({ email: ALICE.email, name: ALICE.name, blocked: false })
    const call = emulator.managementCalls().at(-1)
    expect(call).toMatchObject({ method: 'GET', status: 200 })
    expect(call?.path).toMatch(/^\/api\/v2\/users\/auth0%7C[0-9a-f]{24}$/)
  })

  it('knows nobody who is not there, whatever the id looks like', async () => {
    const { length: before } = emulator.managementCalls()
    for (const id of ['auth0|nobody', 'auth0|x/../../clients', '%2e%2e', 'a b']) {
      expect(await failure(management().users.get(id))).toMatchObject({ statusCode: 404 })
    }
    const calls = emulator.managementCalls().slice(before)
    const paths = calls.map(({ path }) => path)
    expect(paths.every((path) => /^\/api\/v2\/users\/[^/]+$/.test(path))).toBe(true)
  })

  it('blocks and unblocks: no sign-in and no refresh while blocked', async () => {
    const sub = await subOf(ALICE.email)
    const { refresh_token } = await visit(emulator).signIn(ALICE)
    await management().users.update(sub, { blocked: true })
    const refused = await refresh(emulator, refresh_token)
    expect([refused.status, await refused.json()]).toMatchObject([
      403,
      { error_description: 'user is blocked' },
    ])
    await expect(visit(emulator).signIn(ALICE)).rejects.toThrow()
    await management().users.update(sub, { blocked: false })
    expect((await visit(emulator).signIn(ALICE)).access_token).toBeTruthy()
  })

  it('ends every session and refresh token of one person, and nobody else’s', async () => {
    const [alice, bob] = [visit(emulator), visit(emulator)]
    const held = [await alice.signIn(ALICE), await bob.signIn(BOB)]
    await management().users.revokeAccess(await subOf(ALICE.email))
    const refreshed = await Promise.all(
      held.map(async ({ refresh_token }) => (await refresh(emulator, refresh_token)).status),
    )
    expect(refreshed).toEqual([403, 200])
    const silent = { prompt: 'none' }
    expect(callbackOf(await alice.authorize(silent)).searchParams.get('error')).toBe(
      'login_required',
    )
    expect(callbackOf(await bob.authorize(silent)).searchParams.has('code')).toBe(true)
  })

  it('ends one session alone when it is named', async () => {
    const [laptop, phone] = [
      await visit(emulator).signIn(ALICE),
      await visit(emulator).signIn(ALICE),
    ]
    const sid = sessionOf(laptop.access_token)
    await management().users.revokeAccess(await subOf(ALICE.email), { session_id: sid })
    expect((await refresh(emulator, laptop.refresh_token)).status).toBe(403)
    expect((await refresh(emulator, phone.refresh_token)).status).toBe(200)
  })

  it('lists who is blocked', async () => {
    emulator.block(ALICE.email)
    const page = await management().users.list({ q: 'blocked:true', search_engine: 'v3' })
    expect(page.data.map(({ email }) => email)).toEqual([ALICE.email])
    emulator.unblock(ALICE.email)
    expect((await management().users.list({ q: 'blocked:true' })).data).toEqual([])
  })
})

describe('the Management API refuses', () => {
  it.each(SCOPES)('a token without %s, and not the same with it', async (missing) => {
    const sub = await subOf(BOB.email)
    const poor = await clientWith(SCOPES.filter((scope) => scope !== missing))
    expect(await failure(needing(missing, poor, sub))).toMatchObject({
      statusCode: 403,
      body: { errorCode: 'insufficient_scope' },
    })
    expect(await failure(needing(missing, await clientWith(SCOPES), sub))).toBe('it worked')
  })

  it('no token, and a token that is for the app’s own API', async () => {
    const url = `${emulator.url}/api/v2/users/${encodeURIComponent(await subOf(ALICE.email))}`
    expect((await fetch(url)).status).toBe(401)
    const token = await emulator.accessTokenFor(ALICE.email)
    const headers = { authorization: `Bearer ${token}` }
    expect((await fetch(url, { headers })).status).toBe(401)
  })

  it('a machine without a grant for it', async () => {
    const audience = `${emulator.url}/api/v2/`
    const ask = (client: { clientId: string; clientSecret: string }) =>
      postToken(emulator, {
        grant_type: 'client_credentials',
        client_id: client.clientId,
        client_secret: client.clientSecret,
        audience,
      })
    expect((await ask(MACHINE)).status).toBe(403)
    expect((await ask({ ...emulator.management, clientSecret: 'wrong' })).status).toBe(401)
    expect((await ask(emulator.management)).status).toBe(200)
  })

  it('a change of anything but what it knows', async () => {
    const sub = await subOf(ALICE.email)
    const change = management().users.update(sub, { blocked: true, name: 'Eve' })
    expect(await failure(change)).toMatchObject({ statusCode: 400 })
  })
})

describe('the Management API fails when told to', () => {
  it.each([
    [{ mode: 'limited' }, { statusCode: 429 }],
    [{ mode: 'error', status: 503 }, { statusCode: 503 }],
    [{ mode: 'down' }, { statusCode: undefined }],
  ])('as %j', async (fault, expected) => {
    const sub = await subOf(ALICE.email)
    await control('management-fault', fault)
    expect(await failure(management().users.get(sub))).toMatchObject(expected)
    emulator.setManagementFault({ mode: 'none' })
    expect(await management().users.get(sub)).toMatchObject({ email: ALICE.email })
  })

  it('as slow as asked for', async () => {
    const sub = await subOf(ALICE.email)
    await control('management-fault', { mode: 'slow', delayMs: 60_000 })
    const { users } = management()
    expect(await failure(users.get(sub, {}, { timeoutInSeconds: 0.2 }))).toBeInstanceOf(
      ManagementError,
    )
  })
})

/** auth0@7 speaks https to a bare host only, so its own fetch takes it to this one. */
function clientOptions() {
  return {
    domain: new URL(emulator.url).host,
    audience: `${emulator.url}/api/v2/`,
    maxRetries: 0,
    fetch: (input: string | URL | Request, init?: RequestInit) => {
      const { href } = new URL(input instanceof Request ? input.url : input)
      return fetch(href.replace('https://', 'http://'), init)
    },
  }
}

function management(): ManagementClient {
  return new ManagementClient({ ...clientOptions(), ...emulator.management })
}

async function clientWith(scopes: string[]): Promise<ManagementClient> {
  const now = Math.floor(Date.now() / 1000)
  const token = await emulator.signAccessToken({
    iss: emulator.issuer,
    sub: `${emulator.management.clientId}@clients`,
    aud: `${emulator.url}/api/v2/`,
    iat: now,
    exp: now + 60,
    scope: scopes.join(' '),
  })
  return new ManagementClient({ ...clientOptions(), token })
}

function needing(scope: string, { users }: ManagementClient, sub: string): PromiseLike<unknown> {
  if (scope === 'read:users') return users.get(sub)
  if (scope === 'update:users') return users.update(sub, { blocked: false })
  return users.revokeAccess(sub)
}

async function subOf(email: string): Promise<string> {
  return String(claimsOf(await emulator.accessTokenFor(email))['sub'])
}

function sessionOf(token: string): string {
  return String(claimsOf(token)['https://conclave.example/sid'])
}

function claimsOf(token: string): Record<string, unknown> {
  const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()
  return JSON.parse(payload) as Record<string, unknown>
}

async function failure(call: PromiseLike<unknown>): Promise<unknown> {
  return call.then(
    () => 'it worked',
    (error: unknown) => error,
  )
}

async function control(name: string, body: object): Promise<void> {
  const url = `${emulator.url}/__emulator/${name}`
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) })
  if (!response.ok) throw new Error(await response.text())
}
