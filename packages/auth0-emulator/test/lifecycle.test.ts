import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { describe, expect, onTestFinished, test } from 'vitest'
import { refuseProduction } from '../src/guard.ts'
import { type Auth0EmulatorOptions, startAuth0Emulator } from '../src/index.ts'
import { ALICE, BOB, CAST, WEB } from './test-people.ts'
import { callbackOf, refresh, visit } from './visitor.ts'

const OPTIONS: Auth0EmulatorOptions = { webOrigins: [WEB], people: CAST }
const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url))

async function start(options: Auth0EmulatorOptions = OPTIONS) {
  const emulator = await startAuth0Emulator(options)
  let open = true
  const close = async () => {
    if (open) await emulator.close()
    open = false
  }
  onTestFinished(close)
  return { ...emulator, close }
}

async function isUp(url: string): Promise<boolean> {
  return await fetch(`${url}/.well-known/jwks.json`).then(
    ({ ok }) => ok,
    () => false,
  )
}

describe('starting and closing', () => {
  test('on request it goes by the other name of this machine, in the issuer too', async () => {
    const emulator = await start({ ...OPTIONS, host: '127.0.0.1' })
    expect(emulator.issuer).toBe(`http://127.0.0.1:${emulator.port}/`)
    const { id_token } = await visit(emulator).signIn(ALICE)
    expect(decodeJwt(id_token).iss).toBe(emulator.issuer)
  })

  test('port 0 is answered with the port that was bound, on both loopback addresses', async () => {
    const emulator = await start()
    expect(emulator.port).toBeGreaterThan(0)
    expect(emulator.issuer).toBe(`http://localhost:${emulator.port}/`)
    expect(await isUp(`http://localhost:${emulator.port}`)).toBe(true)
    expect(await isUp(`http://127.0.0.1:${emulator.port}`)).toBe(true)
  })

  test('closing leaves no listener, and the port can be taken at once', async () => {
    const first = await start()
    expect(await isUp(first.url)).toBe(true)
    await first.close()
    expect(await isUp(first.url)).toBe(false)
    const second = await start({ ...OPTIONS, port: first.port })
    expect(second.url).toBe(first.url)
  })

  test('a taken port is an error', async () => {
    const { port } = await start()
    await expect(startAuth0Emulator({ ...OPTIONS, port })).rejects.toThrow(/EADDRINUSE/)
  })

  test('what is not an origin is an error', async () => {
    const webOrigins = ['http://localhost:5173/']
    await expect(startAuth0Emulator({ webOrigins })).rejects.toThrow(/is not an origin/)
  })

  test.each(['NODE_ENV', 'CONCLAVE_ENV'])('%s=production is refused', (name) => {
    expect(() => refuseProduction({ [name]: 'production' })).toThrow(/never runs in production/)
    expect(() => refuseProduction({ [name]: 'development' })).not.toThrow()
  })
})

describe('what lasts', () => {
  test('sessions, keys, refresh tokens and people survive a restart on the same folder', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'auth0-emulator-'))
    onTestFinished(() => rm(dataDir, { recursive: true }))
    const first = await start({ ...OPTIONS, dataDir: join(dataDir, 'new') })
    const visitor = visit(first)
    const before = await visitor.signIn(ALICE)
    const fields = { name: 'Eve', email: 'eve@example.com', password: 'eve eavesdrops' }
    await visit(first).signIn(BOB)
    const newcomer = visit(first)
    await newcomer.submit(await newcomer.authorize({ screen_hint: 'signup' }), fields)
    expect((await stat(join(dataDir, 'new'))).mode & 0o077).toBe(0)
    await first.close()
    expect(await isUp(first.url)).toBe(false)

    const second = await start({ ...OPTIONS, dataDir: join(dataDir, 'new'), port: first.port })
    const silent = callbackOf(await visitor.authorize({ prompt: 'none' }))
    expect(silent.searchParams.get('code')).toBeTruthy()
    expect((await refresh(second, before.refresh_token)).status).toBe(200)
    expect((await visit(second).signIn(fields)).access_token).toBeTruthy()
    const fresh = await second.accessTokenFor(ALICE.email)
    expect(decodeProtectedHeader(fresh).kid).toBe(decodeProtectedHeader(before.access_token).kid)
    expect(decodeJwt(fresh).sub).toBe(decodeJwt(before.access_token).sub)
  })

  test('reset forgets sessions, sign-ups and blocks, and keeps the ids of the seed', async () => {
    const emulator = await start()
    const visitor = visit(emulator)
    const { sub } = decodeJwt((await visitor.signIn(ALICE)).access_token)
    const fields = { name: 'Eve', email: 'eve@example.com', password: 'eve eavesdrops' }
    const newcomer = visit(emulator)
    await newcomer.submit(await newcomer.authorize({ screen_hint: 'signup' }), fields)
    emulator.block(BOB.email)

    await emulator.reset()

    const silent = callbackOf(await visitor.authorize({ prompt: 'none' }))
    expect(silent.searchParams.get('error')).toBe('login_required')
    await expect(emulator.accessTokenFor(fields.email)).rejects.toThrow(/Nobody here/)
    expect((await visit(emulator).signIn(BOB)).access_token).toBeTruthy()
    expect(decodeJwt(await emulator.accessTokenFor(ALICE.email)).sub).toBe(sub)
  })

  test('origins may come later: then the app is known', async () => {
    const emulator = await start({ people: CAST, webOrigins: [] })
    expect((await visit(emulator).authorize()).status).toBe(400)
    emulator.setWebOrigins([WEB])
    expect((await visit(emulator).signIn(ALICE)).access_token).toBeTruthy()
  })
})

describe('control over HTTP', () => {
  test('does from another process what the handle does here', async () => {
    const emulator = await start({ people: CAST, webOrigins: [] })
    const control = controlOf(emulator.url)
    expect((await control('PUT', 'web-origins', { origins: [WEB] })).status).toBe(204)
    const token = await (await control('POST', 'token', { email: ALICE.email })).json()
    expect(decodeJwt(Object(token).access_token).iss).toBe(emulator.issuer)

    expect((await control('POST', 'block', { email: ALICE.email })).status).toBe(204)
    const visitor = visit(emulator)
    const refused = callbackOf(await visitor.submit(await visitor.authorize(), ALICE))
    expect(refused.searchParams.get('error_description')).toBe('user is blocked')
    expect((await control('POST', 'unblock', { email: ALICE.email })).status).toBe(204)
    expect((await visitor.signIn(ALICE)).access_token).toBeTruthy()

    const kid = async () => decodeProtectedHeader(await emulator.accessTokenFor(ALICE.email)).kid
    const before = await kid()
    expect((await control('POST', 'rotate-keys')).status).toBe(204)
    expect(await kid()).not.toBe(before)
    expect((await control('POST', 'reset')).status).toBe(204)
    const silent = callbackOf(await visitor.authorize({ prompt: 'none' }))
    expect(silent.searchParams.get('error')).toBe('login_required')
  })

  test('refuses web pages, unknown controls, unknown people and malformed requests', async () => {
    const { url } = await start()
    const control = controlOf(url)
    const email = ALICE.email
    expect((await control('POST', 'token', { email })).status).toBe(200)
    expect((await control('POST', 'token', { email }, { origin: WEB })).status).toBe(403)
    expect((await control('POST', 'token', { email }, { origin: 'null' })).status).toBe(403)
    expect((await control('POST', 'explode')).status).toBe(404)
    expect((await control('POST', 'block', { email: 'nobody@example.com' })).status).toBe(400)
    expect((await control('POST', 'block', {})).status).toBe(400)
    expect((await control('PUT', 'web-origins', { origins: ['x'] })).status).toBe(400)
  })
})

describe('as a process of its own', () => {
  test('prints one line of JSON, serves, and ends with its parent', async () => {
    const child = spawnMain({ AUTH0_EMULATOR_PARENT: '1' })
    const [line] = await once(child.stdout, 'data')
    const { url, ...rest } = JSON.parse(String(line))
    expect(rest).toEqual({
      port: expect.any(Number),
      clientId: 'conclave-web-local',
      audience: 'https://api.conclave.example',
      management: { clientId: expect.any(String), clientSecret: expect.any(String) },
    })
    expect(await isUp(url)).toBe(true)
    child.stdin.end()
    expect(await once(child, 'exit')).toEqual([0, null])
    expect(await isUp(url)).toBe(false)
  })

  test('ends on SIGTERM', async () => {
    const child = spawnMain({})
    await once(child.stdout, 'data')
    child.kill('SIGTERM')
    expect(await once(child, 'exit')).toEqual([0, null])
  })

  test('refuses production in a plain sentence', async () => {
    const child = spawnMain({ NODE_ENV: 'production' })
    const [line] = await once(child.stderr, 'data')
    expect(String(line)).toMatch(/^The Auth0 emulator lets anyone sign in as anyone, so it never/)
    expect(await once(child, 'exit')).toEqual([1, null])
  })
})

function controlOf(url: string) {
  return async (method: string, path: string, body?: object, headers = {}) =>
    await fetch(`${url}/__emulator/${path}`, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    })
}

function spawnMain(environment: Record<string, string>) {
  const child = spawn(process.execPath, [MAIN], {
    env: { AUTH0_EMULATOR_OPTIONS: JSON.stringify(OPTIONS), ...environment },
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}
