import { generateKeyPairSync } from 'node:crypto'
import Fastify from 'fastify'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { HANGING } from '../../../test/hanging.ts'
import { rsaKey, startIssuer, type Issuer, type IssuerKey } from '../../../test/issuer.ts'
import { createKeySet, type KeySet } from './key-set.ts'

/** 2.5 s, and what a busy machine adds; `pnpm test:hostile` measures it. */
const GIVEN_UP_MS = 4_000

// Making a key takes longer than most tests here.
let first: IssuerKey
let second: IssuerKey
let issuer: Issuer
let now: number
let keys: KeySet

beforeAll(() => {
  first = rsaKey()
  second = rsaKey()
})
beforeEach(async () => {
  issuer = await startIssuer(first)
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

describe('a key is not taken', () => {
  test.each<[what: string, change: Record<string, unknown>]>([
    ['with which every message is its own signature', { e: 'AQ' }],
    ['with an exponent of 0', { e: 'AA' }],
    ['with an even exponent', { e: 'AQAA' }],
    ['without an exponent', { e: undefined }],
    ['with an exponent that is no number', { e: '!!' }],
    ['with an exponent without end', { e: of(33) }],
    ['of 1,024 bits', { n: of(128) }],
    [
      'of 2,047 bits',
      { n: Buffer.concat([Buffer.from([0x7f]), Buffer.alloc(255, 0xff)]).toString('base64url') },
    ],
    [
      'of 2,040 bits behind a zero byte',
      { n: Buffer.concat([Buffer.alloc(1), Buffer.alloc(255, 0xff)]).toString('base64url') },
    ],
    ['of 16,392 bits', { n: of(2_049) }],
    ['that is even', { n: of(256, 0xfe) }],
    ['without a modulus', { n: undefined }],
    ['for encryption', { use: 'enc' }],
    ['to sign with', { key_ops: ['sign'] }],
    ['to sign and verify with', { key_ops: ['sign', 'verify'] }],
    ['to encrypt with', { key_ops: ['encrypt'] }],
    ['for nothing', { key_ops: [] }],
    ['for what is no list', { key_ops: 'verify' }],
    ['for another algorithm', { alg: 'PS256' }],
    ['of another kind', { kty: 'EC' }],
    ['whose private half is published', { d: 'AQAB' }],
  ])('%s', async (_, change) => {
    issuer.publish({ ...second.jwk, ...change }, first.jwk)
    expect(await keys.pem(second.kid)).toBeUndefined()
    // And it takes none of the others with it.
    expect(await keys.pem(first.kid)).toBeDefined()
  })

  test.each<[what: string, change: Record<string, unknown>]>([
    ['as it is', {}],
    ['to verify with', { key_ops: ['verify'] }],
    ['to verify with, without a use', { use: undefined, key_ops: ['verify'] }],
    ['with the exponent 3', { e: 'Aw' }],
    ['of 4,096 bits', { n: of(512) }],
  ])('but is %s', async (_, change) => {
    issuer.publish({ ...second.jwk, ...change })
    expect(await keys.pem(second.kid)).toBeDefined()
  })
})

test('however many unknown keys are used, the issuer is asked once in half a minute', async () => {
  await keys.pem(issuer.key.kid)
  now = 31_000
  for (let n = 0; n < 1_000; n++) expect(await keys.pem(`unknown-${n}`)).toBeUndefined()
  await Promise.all(Array.from({ length: 1_000 }, (_, n) => keys.pem(`other-${n}`)))
  expect(issuer.requests).toHaveLength(2)
})

test('a key the issuer begins to sign with is found, together with every other', async () => {
  await keys.pem(issuer.key.kid)
  const third = { kid: 'third', jwk: { ...second.jwk, kid: 'third' } }
  issuer.publish(issuer.key.jwk, second.jwk, third.jwk)
  expect(await keys.pem(second.kid)).toBeUndefined()
  now = 31_000
  expect(await keys.pem('unknown')).toBeUndefined()
  // An invalid token triggered the load; the new keys are known all the same.
  expect(await keys.pem(second.kid)).toBeDefined()
  expect(await keys.pem(third.kid)).toBeDefined()
})

test('a key that the issuer revoked stops working within ten minutes, even without traffic', async () => {
  await keys.pem(issuer.key.kid)
  issuer.publish(second.jwk)
  now = 5 * 60_000 - 1
  expect(await keys.pem(issuer.key.kid)).toBeDefined()
  now = 10 * 60_000 + 1
  expect(await keys.pem(issuer.key.kid)).toBeUndefined()
})

test('a set that gets old is reloaded before a request has to wait for it', async () => {
  await keys.pem(issuer.key.kid)
  issuer.publish(issuer.key.jwk, second.jwk)
  now = 5 * 60_000 + 1
  await keys.pem(issuer.key.kid)
  await expect.poll(() => keys.state().keys).toBe(2)
})

test('known keys keep working for a day while the issuer is down, and not longer', async () => {
  await keys.pem(issuer.key.kid)
  issuer.answerKeysWith((response) => response.writeHead(500).end('{}'))
  now = 23 * 60 * 60_000
  expect(await keys.pem(issuer.key.kid)).toBeDefined()
  await keys.load()
  now = 25 * 60 * 60_000
  await expect(keys.pem(issuer.key.kid)).rejects.toMatchObject({ slug: 'unavailable' })
})

test('before the first load every key is unavailable', async () => {
  issuer.answerKeysWith((response) => response.writeHead(503).end())
  await expect(keys.pem(issuer.key.kid)).rejects.toMatchObject({ slug: 'unavailable' })
  expect(keys.state()).toEqual({ loaded: false, keys: 0, ageSeconds: undefined })
  issuer.answerKeysWith()
  now = 31_000
  expect(await keys.pem(issuer.key.kid)).toBeDefined()
})

test('a failed load is retried within seconds, because nobody can sign in until then', async () => {
  issuer.answerKeysWith((response) => response.writeHead(503).end())
  await keys.load()
  issuer.answerKeysWith()
  now = 1_900
  await expect(keys.pem(issuer.key.kid)).rejects.toMatchObject({ slug: 'unavailable' })
  now = 2_100
  expect(await keys.pem(issuer.key.kid)).toBeDefined()
  // After a success it is not loaded again so soon.
  now = 30_000
  expect(await keys.pem('unknown')).toBeUndefined()
  expect(issuer.requests).toHaveLength(2)
})

const EMPTY = ['', 'null', '[]', '{}', '{"keys":{}}', '{"keys":[]}', '{"keys":[null,1]}']

describe('a key set is not taken', () => {
  test('from where a redirect leads', async () => {
    await using elsewhere = await startIssuer(first)
    issuer.answerKeysWith((response) =>
      response.writeHead(302, { location: `${elsewhere.issuer}.well-known/jwks.json` }).end(),
    )
    await keys.load()
    expect(keys.state().loaded).toBe(false)
    expect(elsewhere.requests).toEqual([])
  })

  test('when it hangs in any way: the timeout is two seconds', async () => {
    const waits = HANGING.map(async ([how, hang]) => {
      await using hanging = await startIssuer(first)
      hanging.answerKeysWith(hang)
      const keys = createKeySet({ issuer: hanging.issuer, log: Fastify().log })
      const startedAt = performance.now()
      await keys.load()
      return { how, loaded: keys.state().loaded, ms: performance.now() - startedAt }
    })
    for (const { how, loaded, ms } of await Promise.all(waits)) {
      expect(loaded, how).toBe(false)
      expect(ms, how).toBeLessThan(GIVEN_UP_MS)
    }
  })

  test('when it is larger than a megabyte', async () => {
    const padding = 'x'.repeat(1024 * 1024)
    issuer.answerKeysWith((response) =>
      response.end(JSON.stringify({ padding, keys: [issuer.key.jwk] })),
    )
    await keys.load()
    expect(keys.state().loaded).toBe(false)
  })

  test.each([...EMPTY, '<html>', '{"keys":[{"kty":"RSA","kid":"x"}]}', '{"keys":[', '\ufeff'])(
    'when it is %j',
    async (body) => {
      issuer.answerKeysWith((response) => response.end(body))
      await keys.load()
      expect(keys.state().loaded).toBe(false)
    },
  )

  test.each([201, 204, 301, 404, 500])('when it comes with status %i', async (status) => {
    issuer.answerKeysWith((response) =>
      response.writeHead(status).end(JSON.stringify({ keys: [issuer.key.jwk] })),
    )
    await keys.load()
    expect(keys.state().loaded).toBe(false)
  })
})

test('only RSA signature keys are taken from a set', async () => {
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' })
  issuer.publish(
    issuer.key.jwk,
    { ...ec, kid: 'ec', use: 'sig' },
    { kty: 'oct', k: 'c2VjcmV0', kid: 'oct' },
    { ...second.jwk, use: 'enc', kid: 'encrypts' },
    { ...second.jwk, alg: 'PS256', kid: 'other-algorithm' },
    { ...second.jwk, kid: '' },
    { ...second.jwk, kid: 'k'.repeat(129) },
    { ...second.jwk, kid: 7 },
  )
  await keys.load()
  expect(keys.state().keys).toBe(1)
  expect(await keys.pem(issuer.key.kid)).toBeDefined()
})

/** A number of so many bytes, all ones but for the last. */
function of(bytes: number, ...last: number[]): string {
  const ones = Buffer.alloc(bytes - last.length, 0xff)
  return Buffer.concat([ones, Buffer.from(last)]).toString('base64url')
}
