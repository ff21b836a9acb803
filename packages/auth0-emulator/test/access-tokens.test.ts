import buildGetJwks from 'get-jwks'
import { createLocalJWKSet, decodeJwt, decodeProtectedHeader, importJWK, jwtVerify } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Auth0Emulator, startAuth0Emulator } from '../src/index.ts'
import { ALICE, BOB, CAROL, CAST, MACHINE, WEB } from './test-people.ts'
import { postToken, postTokenAsJson, tokensOf, visit } from './visitor.ts'

let emulator: Auth0Emulator
beforeAll(async () => {
  emulator = await startAuth0Emulator({ webOrigins: [WEB], people: CAST, machine: MACHINE })
})
afterAll(() => emulator.close())

describe('access tokens', () => {
  test('carry what Auth0 puts in them and nothing else', async () => {
    const { access_token: token } = await visit(emulator).signIn(ALICE)
    expect(decodeProtectedHeader(token)).toEqual({
      alg: 'RS256',
      typ: 'JWT',
      kid: expect.any(String),
    })
    expect(decodeJwt(token)).toEqual({
      'https://conclave.example/sid': expect.any(String),
      iss: emulator.issuer,
      sub: expect.stringMatching(/^auth0\|[0-9a-f]{24}$/),
      aud: [emulator.audience, `${emulator.issuer}userinfo`],
      iat: expect.any(Number),
      exp: expect.any(Number),
      scope: 'openid profile email offline_access rooms:read',
      azp: emulator.clientId,
      permissions: ['rooms:read'],
    })
  })

  test('live as long as the option says', async () => {
    const { iat = 0, exp = 0 } = decodeJwt((await visit(emulator).signIn(ALICE)).access_token)
    expect(exp - iat).toBe(300)
  })

  test('name one audience when openid was not asked', async () => {
    const { access_token: token } = await visit(emulator).signIn(ALICE, {
      scope: 'rooms:read',
      nonce: undefined,
    })
    expect(decodeJwt(token)).toMatchObject({ aud: emulator.audience, scope: 'rooms:read' })
  })

  test('hold the permissions of their person, whatever was asked', async () => {
    const carol = decodeJwt((await visit(emulator).signIn(CAROL)).access_token)
    expect(carol['permissions']).toEqual(['rooms:read', 'rooms:open'])
    const bob = decodeJwt((await visit(emulator).signIn(BOB)).access_token)
    expect(bob['permissions']).toEqual([])
    expect(bob['scope']).toBe('openid profile email offline_access')
  })

  test('are opaque when no API was asked for, and /userinfo takes them still', async () => {
    const { access_token: token } = await visit(emulator).signIn(BOB, { audience: undefined })
    expect(token.split('.')).toHaveLength(1)
    expect((await userinfo(token)).status).toBe(200)
  })

  test('made without a browser differ from the real ones in nothing but time and session', async () => {
    const real = decodeJwt((await visit(emulator).signIn(CAROL)).access_token)
    const made = decodeJwt(await emulator.accessTokenFor(CAROL.email))
    const fleeting = { iat: 0, exp: 0, 'https://conclave.example/sid': '' }
    expect({ ...made, ...fleeting }).toEqual({ ...real, ...fleeting })
  })
})

describe('ID tokens', () => {
  test('carry the profile and the session', async () => {
    const { id_token: token } = await visit(emulator).signIn(BOB)
    expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'RS256' })
    expect(decodeJwt(token)).toMatchObject({
      iss: emulator.issuer,
      aud: emulator.clientId,
      nonce: 'the-nonce',
      sid: expect.any(String),
      name: BOB.name,
      nickname: 'bob',
      picture: expect.stringMatching(/^data:image/),
      email: BOB.email,
      email_verified: false,
      updated_at: expect.any(String),
    })
  })
})

describe('/userinfo', () => {
  test('answers API tokens that name it', async () => {
    const response = await userinfo(await emulator.accessTokenFor(ALICE.email))
    expect(response.status).toBe(200)
    expect(Object.keys(Object(await response.json())).toSorted()).toEqual(
      ['sub', 'name', 'nickname', 'picture', 'email', 'email_verified', 'updated_at'].toSorted(),
    )
  })

  test('refuses API tokens that do not, expired ones, and strangers', async () => {
    const { email } = ALICE
    const elsewhere = await emulator.accessTokenFor(email, { aud: emulator.audience })
    const expired = await emulator.accessTokenFor(email, { exp: 1_000_000_000 })
    const nobody = await emulator.accessTokenFor(email, { sub: 'auth0|nobody' })
    for (const token of [elsewhere, expired, nobody]) {
      expect((await userinfo(token)).status).toBe(401)
    }
  })
})

describe('machines', () => {
  const ask = {
    grant_type: 'client_credentials',
    client_id: MACHINE.clientId,
    client_secret: MACHINE.clientSecret,
  }

  test.each([
    ['a form', postToken],
    ['JSON', postTokenAsJson],
  ])('get a token by %s', async (_name, post) => {
    const response = await post(emulator, { ...ask, audience: emulator.audience })
    expect(response.status).toBe(200)
    expect(decodeJwt(tokensOf(await response.json()).access_token)).toEqual({
      iss: emulator.issuer,
      sub: 'night-shift@clients',
      aud: emulator.audience,
      iat: expect.any(Number),
      exp: expect.any(Number),
      scope: 'rooms:read',
      gty: 'client-credentials',
      azp: 'night-shift',
      permissions: ['rooms:read'],
    })
  })

  test.each([
    ['an unknown audience', { audience: 'https://elsewhere.example' }, 403],
    ['an audience that is no URI', { audience: 'elsewhere' }, 403],
    ['no audience', {}, 403],
    ['a wrong secret', { audience: 'https://api.conclave.example', client_secret: 'guess' }, 401],
  ])('get none with %s', async (_name, change, status) => {
    const response = await postToken(emulator, { ...ask, ...change })
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ error: 'access_denied' })
  })
})

describe('signing keys', () => {
  const getJwks = buildGetJwks({ issuersWhitelist: [], max: 5, ttl: 60_000 })
  const verify = async (token: string) => {
    const { kid = '', alg = '' } = decodeProtectedHeader(token)
    const jwk = await getJwks.getJwk({ domain: emulator.url, kid, alg })
    return await jwtVerify(token, await importJWK(jwk, alg), { issuer: emulator.issuer })
  }

  test('are found by a verifier that knows only the domain', async () => {
    const { access_token, id_token } = await visit(emulator).signIn(ALICE)
    expect((await verify(access_token)).payload.iss).toBe(emulator.issuer)
    expect((await verify(id_token)).payload.aud).toBe(emulator.clientId)
  })

  test('rotate to one published before, and the old keep verifying until revoked', async () => {
    const published = await publishedKids()
    const before = await emulator.accessTokenFor(ALICE.email)
    await emulator.rotateKeys()
    const { access_token: after, id_token } = await visit(emulator).signIn(ALICE)

    const kid = decodeProtectedHeader(after).kid ?? ''
    expect(kid).not.toBe(decodeProtectedHeader(before).kid)
    expect(decodeProtectedHeader(id_token).kid).toBe(kid)
    expect(published).toContain(kid)
    expect(await verify(before)).toBeTruthy()
    expect(await verify(after)).toBeTruthy()

    emulator.revokePreviousKeys()
    expect(await publishedKids()).not.toContain(decodeProtectedHeader(before).kid)
    expect(await verifyAfresh(after)).toBe(true)
    expect(await verifyAfresh(before)).toBe(false)
    expect((await userinfo(before)).status).toBe(401)
    expect((await userinfo(after)).status).toBe(200)
  })

  test('sign hostile tokens on request', async () => {
    const token = await emulator.signAccessToken(
      { sub: 'x', iss: 'https://evil.example/' },
      { typ: 'at+jwt' },
    )
    expect(decodeProtectedHeader(token).typ).toBe('at+jwt')
    await expect(verify(token)).rejects.toThrow(/"iss"/)
  })

  test('never leave with their private half', async () => {
    const { keys } = await jwks()
    expect(keys.length).toBeGreaterThanOrEqual(2)
    for (const key of keys) expect(key).not.toHaveProperty('d')
  })
})

async function userinfo(token: string): Promise<Response> {
  return await fetch(`${emulator.url}/userinfo`, { headers: { authorization: `Bearer ${token}` } })
}

async function jwks(): Promise<{ keys: { kid: string; kty: string }[] }> {
  const response = await fetch(`${emulator.url}/.well-known/jwks.json`)
  return (await response.json()) as { keys: { kid: string; kty: string }[] }
}

async function publishedKids(): Promise<string[]> {
  return (await jwks()).keys.map(({ kid }) => kid)
}

async function verifyAfresh(token: string): Promise<boolean> {
  const keys = createLocalJWKSet(await jwks())
  return await jwtVerify(token, keys).then(
    () => true,
    () => false,
  )
}
