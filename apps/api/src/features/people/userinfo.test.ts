import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import type { Context } from '../../context.ts'
import { fetchProfile } from './userinfo.ts'

const SUB = 'auth0|alice'
const open: { close: () => void }[] = []
afterEach(() => {
  for (const server of open.splice(0)) server.close()
})

test('a person has the profile from Auth0', async () => {
  const profile = await profileFrom({
    sub: SUB,
    name: 'Alice',
    email: 'alice@example.com',
    email_verified: true,
    picture: 'https://example.com/alice.png',
  })
  expect(profile).toEqual({
    sub: SUB,
    name: 'Alice',
    email: 'alice@example.com',
    emailVerified: true,
    avatarUrl: 'https://example.com/alice.png',
  })
})

test('a name cannot reorder or imitate the text beside it', async () => {
  const name = async (given: string) => (await profileFrom({ sub: SUB, name: given })).name
  expect(await name('\u202eecilA\u0000\n\u200b ')).toBe('ecilA')
  expect(await name('😀'.repeat(200))).toBe('😀'.repeat(100))
  expect(await name('\u0000')).toBe('Someone')
  for (const unseen of ['\u2800', '\u200b', '\u3164', '\u0301', ' \u00ad']) {
    expect(await name(unseen)).toBe('Someone')
    expect((await profileFrom({ sub: SUB, name: unseen, nickname: 'al' })).name).toBe('al')
  }
  for (const joined of ['علی\u200cرضا', 'ශ්\u200dරී']) expect(await name(joined)).toBe(joined)
  expect(await name('Al\u200cice')).toBe('Alice')
  expect((await profileFrom({ sub: SUB, name: '', nickname: 'al' })).name).toBe('al')
  expect((await profileFrom({ sub: SUB, email: 'bob@example.com' })).name).toBe('bob')
})

test('only a picture with an https address is kept', async () => {
  for (const picture of ['javascript:alert(1)', 'http://127.0.0.1/', 'data:image/svg+xml,x', '']) {
    expect(await profileFrom({ sub: SUB, picture })).toMatchObject({ avatarUrl: null })
  }
})

test('an unconfirmed address does not count as confirmed', async () => {
  for (const email_verified of [false, undefined]) {
    const profile = await profileFrom({ sub: SUB, email: 'a@example.com', email_verified })
    expect(profile.emailVerified).toBe(false)
  }
})

test('a response about another person, in another format or too large is refused', async () => {
  const bad = [{ sub: 'auth0|bob' }, { name: 'Alice' }, [], { sub: SUB, name: 'x'.repeat(70_000) }]
  for (const answer of bad) {
    await expect(profileFrom(answer)).rejects.toMatchObject({ slug: 'unavailable' })
  }
})

test('a failure or a redirect is refused', async () => {
  for (const status of [401, 429, 500, 302]) {
    await expect(profileFrom({ sub: SUB }, status)).rejects.toMatchObject({ slug: 'unavailable' })
  }
})

async function profileFrom(answer: unknown, status = 200) {
  const server = createServer((_, response) => {
    response.writeHead(status, { location: '/elsewhere' }).end(JSON.stringify(answer))
  })
  open.push(server)
  const { promise, resolve } = Promise.withResolvers<void>()
  server.listen(0, '127.0.0.1', resolve)
  await promise
  const { port } = server.address() as AddressInfo
  const ctx = {
    config: { auth0: { issuer: `http://127.0.0.1:${port}/` } },
    log: { warn: () => {} },
  } as unknown as Context
  const identity = { sub: SUB, token: 'token', issuedAtSeconds: 0, sessionId: undefined }
  return fetchProfile(ctx, identity)
}
