import { generateKeyPairSync } from 'node:crypto'
import Fastify from 'fastify'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { rsaKey, startIssuer, type Issuer } from '../../test/issuer.ts'
import { createKeySet, type KeySet } from './key-set.ts'

let issuer: Issuer
let now: number
let keys: KeySet

beforeEach(async () => {
  issuer = await startIssuer()
  now = 0
  keys = createKeySet({ issuer: issuer.issuer, log: Fastify().log, now: () => now })
})
afterEach(() => issuer[Symbol.asyncDispose]())

test('a key of the issuer is found, and asked for once', async () => {
  const pems = await Promise.all(Array.from({ length: 50 }, () => keys.pem(issuer.key.kid)))
  expect(new Set(pems).size).toBe(1)
  expect(pems[0]).toContain('BEGIN PUBLIC KEY')
  expect(issuer.requests).toEqual(['/.well-known/jwks.json'])
})

test('however many unknown keys are named, the issuer is asked once in half a minute', async () => {
  await keys.pem(issuer.key.kid)
  now = 31_000
  for (let n = 0; n < 100; n++) expect(await keys.pem(`unknown-${n}`)).toBeUndefined()
  await Promise.all(Array.from({ length: 100 }, (_, n) => keys.pem(`other-${n}`)))
  expect(issuer.requests).toHaveLength(2)
})

test('a key the issuer begins to sign with is found, together with every other', async () => {
  await keys.pem(issuer.key.kid)
  const [second, third] = [rsaKey(), rsaKey()]
  issuer.publish(issuer.key.jwk, second.jwk, third.jwk)
  expect(await keys.pem(second.kid)).toBeUndefined()
  now = 31_000
  expect(await keys.pem('unknown')).toBeUndefined()
  // Somebody else's nonsense was what made us ask; the new keys are there all the same.
  expect(await keys.pem(second.kid)).toBeDefined()
  expect(await keys.pem(third.kid)).toBeDefined()
})

test('a key the issuer revoked stops working within ten minutes', async () => {
  await keys.pem(issuer.key.kid)
  issuer.publish(rsaKey().jwk)
  now = 10 * 60_000 + 1
  await keys.pem(issuer.key.kid)
  await keys.load()
  expect(await keys.pem(issuer.key.kid)).toBeUndefined()
})

test('known keys go on working for a day while the issuer is down, and not longer', async () => {
  await keys.pem(issuer.key.kid)
  issuer.answerKeysWith((response) => response.writeHead(500).end('{}'))
  now = 23 * 60 * 60_000
  expect(await keys.pem(issuer.key.kid)).toBeDefined()
  await keys.load()
  now = 25 * 60 * 60_000
  await expect(keys.pem(issuer.key.kid)).rejects.toMatchObject({ slug: 'unavailable' })
})

test('before the first load there is no answer but unavailable', async () => {
  issuer.answerKeysWith((response) => response.writeHead(503).end())
  await expect(keys.pem(issuer.key.kid)).rejects.toMatchObject({ slug: 'unavailable' })
  expect(keys.state()).toEqual({ loaded: false, keys: 0, ageSeconds: undefined })
  issuer.answerKeysWith()
  now = 31_000
  expect(await keys.pem(issuer.key.kid)).toBeDefined()
})

describe('a key set is not taken', () => {
  test('from where a redirect leads', async () => {
    await using elsewhere = await startIssuer()
    issuer.answerKeysWith((response) =>
      response.writeHead(302, { location: `${elsewhere.issuer}.well-known/jwks.json` }).end(),
    )
    await keys.load()
    expect(keys.state().loaded).toBe(false)
    expect(elsewhere.requests).toEqual([])
  })

  test('when it never ends', async () => {
    issuer.answerKeysWith((response) => response.writeHead(200).write('{"keys":['))
    const started = performance.now()
    await keys.load()
    expect(performance.now() - started).toBeLessThan(4_000)
    expect(keys.state().loaded).toBe(false)
  })

  test('when it is larger than a megabyte', async () => {
    const padding = 'x'.repeat(1024 * 1024)
    issuer.answerKeysWith((response) =>
      response.end(JSON.stringify({ padding, keys: [issuer.key.jwk] })),
    )
    await keys.load()
    expect(keys.state().loaded).toBe(false)
  })

  test.each(['', 'null', '[]', '{}', '{"keys":{}}', '{"keys":[]}', '{"keys":[null,1]}'])(
    'when it is %j',
    async (body) => {
      issuer.answerKeysWith((response) => response.end(body))
      await keys.load()
      expect(keys.state().loaded).toBe(false)
    },
  )
})

test('only RSA signature keys are taken from a set', async () => {
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })
  issuer.publish(
    issuer.key.jwk,
    { ...ec, kid: 'ec', use: 'sig' },
    { kty: 'oct', k: 'c2VjcmV0', kid: 'oct' },
    rsaKey({ use: 'enc', kid: 'encrypts' }).jwk,
    rsaKey({ alg: 'PS256', kid: 'other-algorithm' }).jwk,
    rsaKey({ kid: '' }).jwk,
    rsaKey({ kid: 'k'.repeat(129) }).jwk,
    rsaKey({ kid: 7 }).jwk,
  )
  await keys.load()
  expect(keys.state().keys).toBe(1)
  expect(await keys.pem(issuer.key.kid)).toBeDefined()
})
