import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Auth0Emulator, startAuth0Emulator } from '../src/index.ts'
import { ALICE, CAST, WEB } from './test-people.ts'
import { authorizeUrl, callbackOf, postToken, refresh, visit } from './visitor.ts'

const FOREIGN = 'https://evil.example'

let emulator: Auth0Emulator
beforeAll(async () => {
  const people = [...CAST, { name: '<b>Mallory</b>', email: 'mallory@example.com', password: 'x' }]
  emulator = await startAuth0Emulator({ webOrigins: [WEB], people })
})
afterAll(() => emulator.close())

describe('/authorize', () => {
  test('goes to the sign-in page with everything in order', async () => {
    const page = await visit(emulator).authorize()
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('Log in')
  })

  test.each([
    ['no PKCE challenge', { code_challenge: undefined, code_challenge_method: undefined }],
    ['a plain PKCE challenge', { code_challenge_method: 'plain' }],
  ])('refuses %s', async (_name, params) => {
    const callback = callbackOf(await visit(emulator).authorize(params))
    expect(callback.searchParams.get('error')).toBe('invalid_request')
    expect(callback.searchParams.get('state')).toBe('the-state')
  })

  test.each([
    ['a foreign callback', { redirect_uri: FOREIGN }],
    ['a callback that only begins like ours', { redirect_uri: `${WEB}.evil.example` }],
    ['an unknown client', { client_id: 'somebody' }],
  ])('shows %s to the person and redirects nowhere', async (_name, params) => {
    const page = await visit(emulator).authorize(params)
    expect(page.status).toBe(400)
    expect(page.headers.get('location')).toBeNull()
    expect(await page.text()).toContain('That did not work')
  })

  test.each(['https://elsewhere.example', 'no-uri'])(
    'answers the unknown audience %s in the words of Auth0',
    async (audience) => {
      const callback = callbackOf(await visit(emulator).authorize({ audience }))
      expect(callback.searchParams.get('error')).toBe('access_denied')
      expect(callback.searchParams.get('error_description')).toBe(`Service not found: ${audience}`)
    },
  )

  test('says login_required to a silent stranger, and signs in a silent acquaintance', async () => {
    const visitor = visit(emulator)
    const stranger = callbackOf(await visitor.authorize({ prompt: 'none' }))
    expect(stranger.searchParams.get('error')).toBe('login_required')
    await visitor.signIn(ALICE)
    const known = callbackOf(await visitor.authorize({ prompt: 'none' }))
    expect(known.searchParams.get('code')).toBeTruthy()
  })

  test('lets somebody in, or not, as an Action says', async () => {
    emulator.deny(ALICE.email, 'Only from the office')
    const visitor = visit(emulator)
    const refused = callbackOf(await visitor.submit(await visitor.authorize(), ALICE))
    expect(refused.searchParams.get('error')).toBe('access_denied')
    expect(refused.searchParams.get('error_description')).toBe('Only from the office')
    expect(refused.searchParams.get('state')).toBe('the-state')
    emulator.deny(ALICE.email, undefined)
    expect((await visitor.signIn(ALICE)).access_token).toBeTruthy()
  })

  test('knows nobody any more whose sessions were ended', async () => {
    const visitor = visit(emulator)
    const { refresh_token } = await visitor.signIn(ALICE)
    emulator.endSessions(ALICE.email)
    const stranger = callbackOf(await visitor.authorize({ prompt: 'none' }))
    expect(stranger.searchParams.get('error')).toBe('login_required')
    expect((await refresh(emulator, refresh_token)).status).toBe(403)
    expect((await visitor.signIn(ALICE)).refresh_token).toBeTruthy()
  })

  test('asks again for prompt=login, and knows prompts only Auth0 has pages for', async () => {
    const visitor = visit(emulator)
    await visitor.signIn(ALICE)
    expect((await visitor.authorize()).headers.get('location')).toContain('code=')
    for (const prompt of ['login', 'select_account']) {
      expect(await (await visitor.authorize({ prompt })).text()).toContain('<h1>Log in</h1>')
    }
    expect(await (await visitor.authorize({ prompt: 'create' })).text()).toContain(
      '<h1>Sign up</h1>',
    )
    expect((await visitor.authorize({ prompt: 'consent' })).headers.get('location')).toContain(
      'code=',
    )
  })

  test('answers a silent frame by web_message under a policy that allows that one script', async () => {
    const url = authorizeUrl(emulator, { prompt: 'none', response_mode: 'web_message' })
    const response = await visit(emulator).open(url)
    expect(await response.text()).toContain('login_required')
    expect(response.headers.get('content-security-policy')).toMatch(/script-src 'self' 'sha256-/)
    expect(response.headers.get('x-frame-options')).toBeNull()
  })
})

describe('the page that asks for consent', () => {
  test('belongs to the browser that asked for it, and takes no form from elsewhere', async () => {
    emulator.askConsent(true)
    const visitor = visit(emulator)
    const page = await visitor.submit(await visitor.authorize(), ALICE)
    expect(await page.text()).toContain('Authorize app')
    expect((await visit(emulator).open(page.url)).status).toBe(400)

    const body = new URLSearchParams({ answer: 'accept' })
    const forged = { method: 'POST', body, headers: { origin: FOREIGN } }
    expect((await visitor.open(page.url, forged)).status).toBe(403)
    const silent = callbackOf(await visitor.authorize({ prompt: 'none' }))
    expect(silent.searchParams.get('error')).toBe('consent_required')
    expect(silent.searchParams.get('error_description')).toBe('Consent required')
    emulator.askConsent(false)
    const known = callbackOf(await visitor.authorize({ prompt: 'none' }))
    expect(known.searchParams.get('code')).toBeTruthy()
  })
})

describe('the sign-in page', () => {
  test('shows what it is given as text', async () => {
    const page = await visit(emulator).authorize({ login_hint: '"><script>alert(1)</script>' })
    const text = await page.text()
    expect(text).not.toContain('<script')
    expect(text).toContain('value="&quot;&gt;&lt;script&gt;')
    expect(text).toContain('&lt;b&gt;Mallory&lt;/b&gt;')
  })

  test('runs no script, is framed by nobody and leads nowhere but here and to the app', async () => {
    const { headers } = await visit(emulator).authorize()
    const policy = headers.get('content-security-policy')
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain(`form-action 'self' ${WEB};`)
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toContain('script-src')
    expect(headers.get('cache-control')).toBe('no-store')
  })

  test.each([
    ['an Origin', { origin: FOREIGN }],
    ['an opaque Origin', { origin: 'null' }],
    ['its fetch metadata', { 'sec-fetch-site': 'cross-site' }],
  ])('refuses a form that comes from elsewhere by %s', async (_name, headers) => {
    const visitor = visit(emulator)
    const answer = await visitor.submit(await visitor.authorize(), ALICE, headers)
    expect(answer.status).toBe(403)
    const silent = callbackOf(await visitor.authorize({ prompt: 'none' }))
    expect(silent.searchParams.get('error')).toBe('login_required')
  })

  test('takes a form of its own', async () => {
    const visitor = visit(emulator)
    const headers = { origin: emulator.url, 'sec-fetch-site': 'same-origin' }
    const callback = callbackOf(await visitor.submit(await visitor.authorize(), ALICE, headers))
    expect(callback.searchParams.get('code')).toBeTruthy()
  })

  test('belongs to the browser that asked for it', async () => {
    const { url } = await visit(emulator).authorize()
    const stolen = await visit(emulator).open(url)
    expect(stolen.status).toBe(400)
    expect(await stolen.text()).toContain('This page has expired')
  })

  test('signs in by one click only those of the seed', async () => {
    const visitor = visit(emulator)
    const page = await visitor.authorize({ screen_hint: 'signup' })
    const fields = { name: 'Dave', email: 'dave@example.com', password: 'dave was here' }
    const { searchParams } = callbackOf(await visitor.submit(page, fields))
    expect(searchParams.get('code')).toBeTruthy()
    const people = await (await visit(emulator).authorize()).text()
    expect(people).toContain(ALICE.email)
    expect(people).not.toContain('dave@example.com')
  })
})

describe('origins', () => {
  test.each([
    ['/oauth/token', WEB, WEB],
    ['/oauth/token', FOREIGN, null],
    ['/userinfo', WEB, WEB],
    ['/userinfo', FOREIGN, null],
  ])('%s answers %s with the allowance %s', async (path, origin, allowed) => {
    const headers = {
      origin,
      authorization: `Bearer ${await emulator.accessTokenFor(ALICE.email)}`,
    }
    const fields = { grant_type: 'refresh_token', client_id: emulator.clientId, refresh_token: 'x' }
    const response =
      path === '/userinfo'
        ? await fetch(emulator.url + path, { headers })
        : await postToken(emulator, fields, { origin })
    expect(response.headers.get('access-control-allow-origin')).toBe(allowed)
  })

  test('a preflight with the header of the SDK passes', async () => {
    const response = await fetch(`${emulator.url}/oauth/token`, {
      method: 'OPTIONS',
      headers: {
        origin: WEB,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'auth0-client',
      },
    })
    expect(response.status).toBe(204)
    expect(response.headers.get('access-control-allow-headers')).toBe('auth0-client')
  })
})

describe('logging out', () => {
  test('/v2/logout ends the session, clears its cookies and returns; refresh tokens stay', async () => {
    const visitor = visit(emulator)
    const { refresh_token: token } = await visitor.signIn(ALICE)
    expect([...visitor.cookies.keys()]).toEqual(expect.arrayContaining(['auth0', 'auth0.sig']))

    const response = await visitor.open(logoutUrl({ client_id: emulator.clientId, returnTo: WEB }))
    expect(response.headers.get('location')).toBe(`${WEB}/`)
    expect(response.status).toBe(302)
    expect([...visitor.cookies.keys()]).not.toContain('auth0')
    const silent = callbackOf(await visitor.authorize({ prompt: 'none' }))
    expect(silent.searchParams.get('error')).toBe('login_required')
    expect((await refresh(emulator, token)).status).toBe(200)
  })

  test.each([
    ['a foreign address', { returnTo: FOREIGN }],
    ['no client', { client_id: '' }],
    ['an unknown client', { client_id: 'somebody' }],
  ])('/v2/logout refuses %s and ends nothing', async (_name, change) => {
    const visitor = visit(emulator)
    await visitor.signIn(ALICE)
    const fields = { client_id: emulator.clientId, returnTo: WEB, ...change }
    const response = await visitor.open(logoutUrl(fields))
    expect(response.status).toBe(400)
    expect(response.headers.get('location')).toBeNull()
    const silent = callbackOf(await visitor.authorize({ prompt: 'none' }))
    expect(silent.searchParams.get('code')).toBeTruthy()
  })

  test('/oidc/logout asks nobody: its form sends itself', async () => {
    const visitor = visit(emulator)
    const { id_token } = await visitor.signIn(ALICE)
    const query = new URLSearchParams({ id_token_hint: id_token, post_logout_redirect_uri: WEB })
    const page = await visitor.open(`${emulator.url}/oidc/logout?${query}`)
    const text = await page.text()
    const nonce = /<script nonce="([^"]+)">document.forms\[0\].submit/.exec(text)?.[1]
    expect(page.headers.get('content-security-policy')).toContain(`'nonce-${nonce}'`)

    const action = /action="([^"]+)"/.exec(text)?.[1] ?? ''
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(text)?.[1] ?? ''
    const body = new URLSearchParams({ xsrf, logout: 'yes' })
    const response = await visitor.open(action, { method: 'POST', body })
    expect(response.headers.get('location')).toBe(`${WEB}/`)
    const silent = callbackOf(await visitor.authorize({ prompt: 'none' }))
    expect(silent.searchParams.get('error')).toBe('login_required')
  })
})

function logoutUrl(query: Record<string, string>): string {
  return `${emulator.url}/v2/logout?${new URLSearchParams(query)}`
}
