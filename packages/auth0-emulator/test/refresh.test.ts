import { decodeJwt } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Auth0Emulator, startAuth0Emulator } from '../src/index.ts'
import { ALICE, BOB, CAROL, CAST, WEB } from './test-people.ts'
import { redeem, callbackOf, refresh, tokensOf, visit } from './visitor.ts'

const UNKNOWN = {
  error: 'invalid_grant',
  error_description: 'Unknown or invalid refresh token.',
}

describe('without a leeway', () => {
  let emulator: Auth0Emulator
  beforeAll(async () => {
    emulator = await startAuth0Emulator({
      webOrigins: [WEB],
      people: CAST,
      refreshTokenLeewaySeconds: 0,
    })
  })
  afterAll(() => emulator.close())

  test('a refresh token is exchanged for new tokens, an ID token with the profile among them', async () => {
    const first = await visit(emulator).signIn(ALICE)
    const response = await refresh(emulator, first.refresh_token)
    expect(response.status).toBe(200)

    const second = tokensOf(await response.json())
    expect(second.refresh_token).not.toBe(first.refresh_token)
    expect(second.scope.split(' ').toSorted()).toEqual(
      ['email', 'offline_access', 'openid', 'profile', 'rooms:read'].toSorted(),
    )
    const before = decodeJwt(first.id_token)
    const after = decodeJwt(second.id_token)
    expect(after).toMatchObject({ email: ALICE.email, name: ALICE.name, sid: before['sid'] })
    expect(decodeJwt(second.access_token)).toMatchObject({
      aud: [emulator.audience, `${emulator.issuer}userinfo`],
      'https://conclave.example/sid': before['sid'],
    })
  })

  test('a refresh token used twice ends its whole family, and another sign-in lives on', async () => {
    const { refresh_token: stolen } = await visit(emulator).signIn(ALICE)
    const { refresh_token: bystander } = await visit(emulator).signIn(ALICE)
    const heir = tokensOf(await (await refresh(emulator, stolen)).json()).refresh_token

    const reuse = await refresh(emulator, stolen)
    expect(reuse.status).toBe(403)
    expect(await reuse.json()).toMatchObject(UNKNOWN)
    const inherited = await refresh(emulator, heir)
    expect(inherited.status).toBe(403)
    expect(await inherited.json()).toMatchObject(UNKNOWN)
    expect((await refresh(emulator, bystander)).status).toBe(200)
  })

  test('an invented refresh token is refused in the words the SDK looks for', async () => {
    const response = await refresh(emulator, 'invented')
    expect(response.status).toBe(403)
    expect(await response.json()).toMatchObject(UNKNOWN)
  })

  test('a revoked refresh token is refused', async () => {
    const { refresh_token: token } = await visit(emulator).signIn(ALICE)
    const body = JSON.stringify({
      client_id: emulator.clientId,
      token,
      token_type_hint: 'refresh_token',
    })
    const headers = { 'content-type': 'application/json' }
    const revoked = await fetch(`${emulator.url}/oauth/revoke`, { method: 'POST', body, headers })
    expect(revoked.status).toBe(200)
    expect((await refresh(emulator, token)).status).toBe(403)
  })

  test('no refresh token is issued unless offline_access was asked', async () => {
    const tokens = await visit(emulator).signIn(ALICE, { scope: 'openid profile' })
    expect(tokens.refresh_token).toBeUndefined()
    expect(tokens.scope).toBe('openid profile')
  })

  test('an authorization code works once', async () => {
    const visitor = visit(emulator)
    const page = await visitor.authorize()
    const code = callbackOf(await visitor.submit(page, BOB)).searchParams.get('code') ?? ''
    expect((await redeem(emulator, code)).status).toBe(200)

    const again = await redeem(emulator, code)
    expect(again.status).toBe(403)
    expect(await again.json()).toMatchObject({
      error: 'invalid_grant',
      error_description: 'Invalid authorization code',
    })
  })

  test('a blocked person can neither refresh nor sign in, silently or not, until unblocked', async () => {
    const visitor = visit(emulator)
    const { refresh_token: token, access_token: issued } = await visitor.signIn(CAROL)
    emulator.block(CAROL.email)

    const refused = await refresh(emulator, token)
    expect(refused.status).toBe(403)
    expect(await refused.json()).toMatchObject({
      error: 'invalid_grant',
      error_description: 'user is blocked',
    })
    const silent = callbackOf(await visitor.authorize({ prompt: 'none' }))
    expect(silent.searchParams.get('error')).toBe('login_required')
    const login = callbackOf(await visitor.submit(await visitor.authorize(), CAROL))
    expect(login.searchParams.get('error')).toBe('unauthorized')
    expect(login.searchParams.get('error_description')).toBe('user is blocked')
    const headers = { authorization: `Bearer ${issued}` }
    expect((await fetch(`${emulator.url}/userinfo`, { headers })).status).toBe(200)

    emulator.unblock(CAROL.email)
    expect(await (await refresh(emulator, token)).json()).toMatchObject(UNKNOWN)
    expect((await visitor.signIn(CAROL)).access_token).toBeTruthy()
  })
})

describe('with a leeway', () => {
  let emulator: Auth0Emulator
  beforeAll(async () => {
    emulator = await startAuth0Emulator({
      webOrigins: [WEB],
      people: CAST,
      refreshTokenLeewaySeconds: 60,
    })
  })
  afterAll(() => emulator.close())

  test('a refresh token stays usable for a moment, so that two tabs may refresh at once', async () => {
    const { refresh_token: token } = await visit(emulator).signIn(ALICE)
    const responses = await Promise.all([1, 2, 3].map(() => refresh(emulator, token)))
    expect(responses.map(({ status }) => status)).toEqual([200, 200, 200])
  })
})
