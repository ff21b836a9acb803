import { createHmac, createPublicKey } from 'node:crypto'
import { ENDPOINTS } from '@conclave/shared/endpoints'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { startHarness, type Harness } from '../../test/harness.ts'
import { encode, rsaKey, signed, startIssuer, type Issuer } from '../../test/issuer.ts'
import { send, type Answer } from '../../test/raw-request.ts'
import { AUDIENCE, CLIENT_ID, goodToken, signGood } from '../../test/tokens.ts'

let issuer: Issuer
let harness: Harness
const stranger = rsaKey()

beforeAll(async () => {
  issuer = await startIssuer()
  harness = await startHarness({
    env: { AUTH0_DOMAIN: issuer.domain, AUTH0_AUDIENCE: AUDIENCE, AUTH0_CLIENT_ID: CLIENT_ID },
    routes: (app) => app.get('/forgotten', async () => 'secret'),
  })
  // The cast has arrived and its arrival is published, so that whatever happens after was caused by a test.
  await getMe(`Bearer ${signGood(issuer)}`)
  await vi.waitFor(async () => expect(await harness.sql`select from outbox`).toHaveLength(0))
})
afterAll(async () => {
  await harness.close()
  await issuer[Symbol.asyncDispose]()
})

function getMe(...authorization: string[]): Promise<Answer> {
  const headers = authorization.map((line) => ['Authorization', line] as const)
  return send(`${harness.url}/v1/me`, { headers })
}

/** Everything a refused token must not have changed. */
async function world() {
  const [people] = await harness.sql`select count(*)::int as count from people`
  return {
    people: people?.['count'] as number,
    published: harness.pusher.record.publishes().length,
    outbound: issuer.requests.length,
  }
}

function header(changes: Record<string, unknown>): () => string {
  return () => `Bearer ${signGood(issuer, { header: changes })}`
}

function claim(changes: Record<string, unknown>): () => string {
  return () => `Bearer ${signGood(issuer, { claims: changes })}`
}

/** Claims as text, for what JSON.stringify would not write. */
function claimText(change: (text: string) => string): () => string {
  return () => {
    const { header, claims } = goodToken(issuer)
    return `Bearer ${signed(issuer.key.privateKey, header, change(JSON.stringify(claims)))}`
  }
}

function mangled(change: (head: string, body: string, signature: string) => string): () => string {
  return () => {
    const [head = '', body = '', signature = ''] = signGood(issuer).split('.')
    return `Bearer ${change(head, body, signature)}`
  }
}

const seconds = () => Math.floor(Date.now() / 1000)

const HOSTILE: [string, () => string | string[]][] = [
  ['no Authorization line', () => []],
  ['an empty one', () => ''],
  ['another scheme', () => `Basic ${signGood(issuer)}`],
  ['DPoP as the scheme', () => `DPoP ${signGood(issuer)}`],
  ['the scheme alone', () => 'Bearer'],
  ['no scheme', () => signGood(issuer)],
  ['two spaces', () => `Bearer  ${signGood(issuer)}`],
  ['a tab for the space', () => `Bearer\t${signGood(issuer)}`],
  ['two tokens', () => `Bearer ${signGood(issuer)} ${signGood(issuer)}`],
  ['two tokens with a comma', () => `Bearer ${signGood(issuer)},${signGood(issuer)}`],
  ['two lines, the same', () => Array(2).fill(`Bearer ${signGood(issuer)}`) as string[]],
  ['two lines, the first bad', () => ['Bearer a.b.c', `Bearer ${signGood(issuer)}`]],
  ['garbage', () => 'Bearer garbage'],
  ['three parts of nothing', () => 'Bearer a.b.c'],
  ['two parts', mangled((head, body) => `${head}.${body}`)],
  ['five parts, as if encrypted', mangled((head, body, end) => `${head}.${body}.${end}.x.y`)],
  ['no signature', mangled((head, body) => `${head}.${body}.`)],
  ['half a signature', mangled((head, body, end) => `${head}.${body}.${end.slice(0, 171)}`)],
  ['padding', mangled((head, body, end) => `${head}.${body}.${end}==`)],
  ['a changed payload', mangled((head, body, end) => `${head}.${body.replace('A', 'B')}x.${end}`)],
  ['8 kB of it', mangled((head, body, end) => `${head}.${body}.${end}${'A'.repeat(8_000)}`)],

  ['alg none', mangled((_, body) => `${encode({ alg: 'none', typ: 'JWT' })}.${body}.AAAA`)],
  ['alg none with our key id', header({ alg: 'none' })],
  ['alg None', header({ alg: 'None' })],
  ['alg in lower case', header({ alg: 'rs256' })],
  ['alg missing', header({ alg: undefined })],
  ['alg as a list', header({ alg: ['RS256'] })],
  ['alg RS384', header({ alg: 'RS384' })],
  ['alg PS256', header({ alg: 'PS256' })],
  ['alg ES256', header({ alg: 'ES256' })],
  ['HS256 with the public key as the secret', hmacWithPublicKey],

  ['no kid', header({ kid: undefined })],
  ['an empty kid', header({ kid: '' })],
  ['a number as kid', header({ kid: 1 })],
  ['a list as kid', () => header({ kid: [issuer.key.kid] })()],
  ['a kid of 129 characters', header({ kid: 'k'.repeat(129) })],
  ['an unknown kid', header({ kid: 'unknown' })],
  ['a kid that is a path', header({ kid: '../../etc/passwd' })],
  ['a kid every object has', header({ kid: '__proto__' })],
  ['crit', header({ crit: ['exp'] })],
  ['an empty crit', header({ crit: [] })],
  ['typ missing', header({ typ: undefined })],
  ['typ of the other profile', header({ typ: 'at+jwt' })],
  ['typ of a logout token', header({ typ: 'logout+jwt' })],
  ['typ as a number', header({ typ: 1 })],

  ['another key under our kid', () => foreign({ kid: issuer.key.kid })],
  ['another key in the header', () => foreign({ kid: issuer.key.kid, jwk: stranger.jwk })],
  ['another key by address', () => foreign({ kid: 'x', jku: `${issuer.domain}/evil.json` })],
  ['another certificate by address', () => foreign({ kid: 'x', x5u: `${issuer.domain}/x5u` })],

  ['no iss', claim({ iss: undefined })],
  ['a foreign iss', claim({ iss: 'https://evil.example/' })],
  ['iss without its slash', () => claim({ iss: issuer.domain })()],
  ['iss as a list', () => claim({ iss: [issuer.issuer] })()],
  ['no aud', claim({ aud: undefined })],
  ['the aud of another api', claim({ aud: 'https://other.example' })],
  ['the aud of an ID token', claim({ aud: CLIENT_ID })],
  ['an empty list as aud', claim({ aud: [] })],
  ['aud that begins like ours', claim({ aud: `${AUDIENCE}.evil.example` })],
  ['a number beside our aud', claim({ aud: [AUDIENCE, 1] })],
  ['aud as an object', claim({ aud: { [AUDIENCE]: true } })],
  ['no sub', claim({ sub: undefined })],
  ['an empty sub', claim({ sub: '' })],
  ['a blank sub', claim({ sub: ' ' })],
  ['a number as sub', claim({ sub: 7 })],
  ['a machine', claim({ sub: 'machine@clients' })],
  ['a machine by its grant', claim({ gty: 'client-credentials' })],
  ['no exp', claim({ exp: undefined })],
  ['exp as text', claim({ exp: String(seconds() + 60) })],
  ['exp null', claim({ exp: null })],
  ['exp without an end', claimText((text) => text.replace(/"exp":\d+/, '"exp":1e999'))],
  ['expired', () => claim({ iat: seconds() - 60, exp: seconds() - 7 })()],
  ['no iat', claim({ iat: undefined })],
  ['iat as text', claim({ iat: String(seconds()) })],
  ['issued in the future', () => claim({ iat: seconds() + 60 })()],
  ['not yet valid', () => claim({ nbf: seconds() + 60 })()],
  ['nbf as text', () => claim({ nbf: String(seconds()) })()],
  ['valid for more than a day', () => claim({ exp: seconds() + 86_500 })()],
  ['expired before it was issued', () => claim({ iat: seconds() + 3, exp: seconds() + 2 })()],
  ['no azp', claim({ azp: undefined })],
  ['the azp of another application', claim({ azp: 'somebody-else' })],
  ['the client_id of another application', claim({ client_id: 'somebody-else' })],
  ['azp as a list', claim({ azp: [CLIENT_ID] })],
  ['a token bound to a key', claim({ cnf: { jkt: 'x' } })],
  ['a list for claims', claimText((text) => `[${text}]`)],
  ['text for claims', claimText(() => '"claims"')],
  ['null for claims', claimText(() => 'null')],
  ['claims that are not JSON', claimText((text) => text.slice(1))],
]

function hmacWithPublicKey(): string {
  const { header, claims } = goodToken(issuer)
  const input = `${encode({ ...header, alg: 'HS256' })}.${encode(claims)}`
  const pem = createPublicKey(issuer.key.privateKey).export({ type: 'spki', format: 'pem' })
  return `Bearer ${input}.${createHmac('sha256', pem).update(input).digest('base64url')}`
}

function foreign(changes: Record<string, unknown>): string {
  const { header, claims } = goodToken(issuer)
  return `Bearer ${signed(stranger.privateKey, { ...header, ...changes }, claims)}`
}

describe('a token is refused, always with the same words and without effect', () => {
  test.each(HOSTILE)('%s', async (_, build) => {
    expect((await getMe(`Bearer ${signGood(issuer)}`)).status).toBe(200)
    const before = await world()
    const lines = [build()].flat()

    const answer = await getMe(...lines)

    expect(answer.status).toBe(401)
    expect(answer.headers['www-authenticate']).toBe('Bearer error="invalid_token"')
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/)
    expect(JSON.parse(answer.body)).toEqual({
      type: '/problems/not-signed-in',
      title: 'A valid access token is needed',
      status: 401,
      instance: answer.headers['x-request-id'],
    })
    expect(await world()).toEqual(before)
    const line = harness.log
      .lines()
      .find(({ reqId, reason }) => reqId === answer.headers['x-request-id'] && reason)
    expect(line?.['msg']).toBe('token refused')
    expect((await getMe(`Bearer ${signGood(issuer)}`)).status).toBe(200)
  })

  test('and none of it is in the log', () => {
    expect(harness.log.text()).not.toContain('eyJ')
  })
})

const GOOD: [string, () => string][] = [
  ['the scheme in lower case', () => `bearer ${signGood(issuer)}`],
  ['the scheme in upper case', () => `BEARER ${signGood(issuer)}`],
  ['typ in lower case', header({ typ: 'jwt' })],
  ['our aud alone', claim({ aud: AUDIENCE })],
  ['client_id in place of azp', claim({ azp: undefined, client_id: CLIENT_ID })],
  ['expired within the leeway', () => claim({ iat: seconds() - 60, exp: seconds() - 2 })()],
  ['issued a moment ahead of our clock', () => claim({ iat: seconds() + 3 })()],
  ['headers that are never followed', header({ jku: 'https://evil.example', x5c: ['x'] })],
]

test.each(GOOD)('a token is believed: %s', async (_, build) => {
  expect((await getMe(build())).status).toBe(200)
})

test('another spelling of a signature is the same person or nobody', async () => {
  const token = signGood(issuer)
  const me = JSON.parse((await getMe(`Bearer ${token}`)).body) as { id: string }
  for (const last of 'ABCDEFGHIJKLMNOP') {
    const answer = await getMe(`Bearer ${token.slice(0, -1)}${last}`)
    if (answer.status === 200) expect(JSON.parse(answer.body)).toMatchObject({ id: me.id })
    else expect(answer.status).toBe(401)
  }
})

test('a person who was blocked is out with the next request, whatever is remembered of the token', async () => {
  const { header, claims } = goodToken(issuer, 'auth0|blocked')
  const line = `Bearer ${signed(issuer.key.privateKey, header, claims)}`
  expect((await getMe(line)).status).toBe(200)
  await harness.sql`update people set blocked_at = now() where auth0_sub = 'auth0|blocked'`
  const answer = await getMe(line)
  expect(answer.status).toBe(401)
  expect(answer.headers['www-authenticate']).toBe('Bearer error="invalid_token"')
  expect(JSON.parse(answer.body)).toMatchObject({ type: '/problems/access-removed' })
})

test.each(Object.entries(ENDPOINTS))('%s is private', async (_, { method, path }) => {
  const url = harness.url + path.replaceAll(/:\w+/g, '00000000-0000-0000-0000-000000000000')
  const answer = await send(url, { method })
  expect(answer.status).toBe(401)
})

test('a route that says nothing about access is private', async () => {
  expect((await send(`${harness.url}/forgotten`)).status).toBe(401)
  const headers = [['Authorization', `Bearer ${signGood(issuer)}`]] as const
  expect((await send(`${harness.url}/forgotten`, { headers })).body).toBe('secret')
})
