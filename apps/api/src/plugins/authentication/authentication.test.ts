import { ENDPOINTS } from '@conclave/shared/endpoints'
import { GENERAL, NOWHERE } from '../../../test/data-rooms.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { honest } from '../../../test/hostile-tokens/forge.ts'
import { bearer } from '../../../test/hostile-tokens/header-lines.ts'
import { expectBelieved, expectRefused, request } from '../../../test/hostile-tokens/oracle.ts'
import { openStage, type Stage } from '../../../test/hostile-tokens/stage.ts'
import { signed } from '../../../test/issuer.ts'
import { send } from '../../../test/raw-request.ts'
import { goodToken } from '../../../test/good-tokens.ts'

let stage: Stage

beforeAll(async () => {
  stage = await openStage({ routes: (app) => app.get('/forgotten', async () => 'secret') })
})
afterAll(() => stage[Symbol.asyncDispose]())

test.each(Object.entries(ENDPOINTS))('%s is private', async (_, { method, path }) => {
  const answer = await send(stage.harness.url + path.replaceAll(/:\w+/g, NOWHERE), { method })
  expect(answer.status).toBe(401)
})

test('a route that says nothing about access is private', async () => {
  const url = `${stage.harness.url}/forgotten`
  expect((await send(url)).status).toBe(401)
  const headers = [['Authorization', `Bearer ${honest(stage)}`]] as const
  expect((await send(url, { headers })).body).toBe('secret')
})

test('a token in the address is ignored', async () => {
  const token = honest(stage)
  const query = `access_token=${token}&token=${token}&authorization=Bearer%20${token}`
  const path = `/v1/rooms/${GENERAL}/messages?${query}`
  await expectRefused(stage, 'no-authorization', () => request(stage, [], { path }))
  await expectBelieved(stage, () => request(stage, [bearer(token)]))
})

test('a token in the body is ignored', async () => {
  const body = { access_token: honest(stage), authorization: `Bearer ${honest(stage)}` }
  await expectRefused(stage, 'no-authorization', () => request(stage, [], { body }))
})

// 256 bytes leave four bits of the last character unused, so sixteen spellings are the same bytes.
test('another spelling of a signature is the same person or nobody', async () => {
  const token = honest(stage)
  const url = `${stage.harness.url}/v1/me`
  for (const last of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef') {
    const headers = [['Authorization', `Bearer ${token.slice(0, -1)}${last}`]] as const
    const answer = await send(url, { headers })
    if (answer.status === 200) expect(JSON.parse(answer.body)).toMatchObject({ id: stage.graceId })
    else expect(answer.status).toBe(401)
  }
})

test('a blocked person is refused from the next request on, although the signature check is cached', async () => {
  const { header, claims } = goodToken(stage.issuer, 'auth0|blocked')
  const line = bearer(signed(stage.issuer.key.privateKey, header, claims))
  expect((await request(stage, [line])).status).toBe(201)
  await stage.harness.sql`update people set blocked_at = now() where auth0_sub = 'auth0|blocked'`
  const answer = await request(stage, [line])
  expect(answer.status).toBe(401)
  expect(answer.headers['www-authenticate']).toBe('Bearer error="invalid_token"')
  expect(JSON.parse(answer.body)).toMatchObject({ type: '/problems/access-removed' })
})
