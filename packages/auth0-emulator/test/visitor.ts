import { createHash, randomBytes } from 'node:crypto'
import type { Auth0Emulator } from '../src/index.ts'
import { WEB } from './test-people.ts'

export interface Tokens {
  access_token: string
  id_token: string
  refresh_token: string
  scope: string
  expires_in: number
}

interface Fields {
  email: string
  password: string
  name?: string
}

const VERIFIER = randomBytes(32).toString('base64url')
const CHALLENGE = createHash('sha256').update(VERIFIER).digest('base64url')

/** A browser reduced to its cookies: what the protocol sees of one. */
export function visit(emulator: Auth0Emulator) {
  const cookies = new Map<string, string>()

  return {
    cookies,
    open,

    /** Asks to sign in and arrives at the page where one does. */
    async authorize(params: Record<string, string | undefined> = {}): Promise<Response> {
      return await follow(await open(authorizeUrl(emulator, params)))
    },

    /** Fills in the form of that page; ends at the app's address, or at a page again. */
    async submit(page: Response, fields: Fields, headers = {}) {
      const { email, password, name = '' } = fields
      const body = new URLSearchParams({ email, password, name })
      return await follow(await open(page.url, { method: 'POST', body, headers }))
    },

    async signIn(person: Fields, params = {}): Promise<Tokens> {
      const page = await this.authorize(params)
      const callback = callbackOf(await this.submit(page, person))
      const response = await redeem(emulator, callback.searchParams.get('code') ?? '')
      if (!response.ok) throw new Error(`The code was refused: ${await response.text()}`)
      return tokensOf(await response.json())
    },
  }

  async function open(url: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers)
    headers.set('accept', 'text/html')
    headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '))
    const response = await fetch(url, { ...init, headers, redirect: 'manual' })
    for (const cookie of response.headers.getSetCookie()) keep(cookie)
    return response
  }

  async function follow(response: Response): Promise<Response> {
    const location = response.headers.get('location')
    if (!location) return response
    const next = new URL(location, emulator.url)
    return next.origin === emulator.url ? await follow(await open(next.href)) : response
  }

  function keep(cookie: string): void {
    const [name = '', value = ''] = cookie.split(';')[0]?.split('=') ?? []
    if (value === '') cookies.delete(name)
    else cookies.set(name, value)
  }
}

export function authorizeUrl(
  emulator: Auth0Emulator,
  params: Record<string, string | undefined> = {},
): string {
  const query: Record<string, string | undefined> = {
    client_id: emulator.clientId,
    redirect_uri: WEB,
    response_type: 'code',
    response_mode: 'query',
    scope: 'openid profile email offline_access rooms:read rooms:open',
    audience: emulator.audience,
    state: 'the-state',
    nonce: 'the-nonce',
    code_challenge: CHALLENGE,
    code_challenge_method: 'S256',
    ...params,
  }
  const given = Object.entries(query).filter((entry): entry is [string, string] => !!entry[1])
  return `${emulator.url}/authorize?${new URLSearchParams(given)}`
}

export function callbackOf(response: Response): URL {
  const location = response.headers.get('location')
  if (location?.startsWith(WEB)) return new URL(location)
  throw new Error(`Expected to return to the app, but got ${response.status} at ${response.url}.`)
}

export async function redeem(emulator: Auth0Emulator, code: string): Promise<Response> {
  return await postToken(emulator, {
    grant_type: 'authorization_code',
    client_id: emulator.clientId,
    code,
    code_verifier: VERIFIER,
    redirect_uri: WEB,
  })
}

export async function refresh(emulator: Auth0Emulator, refreshToken: string): Promise<Response> {
  return await postToken(emulator, {
    grant_type: 'refresh_token',
    client_id: emulator.clientId,
    refresh_token: refreshToken,
    redirect_uri: WEB,
  })
}

export async function postToken(
  emulator: Auth0Emulator,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Response> {
  const body = new URLSearchParams(fields)
  return await fetch(`${emulator.url}/oauth/token`, { method: 'POST', body, headers })
}

export async function postTokenAsJson(
  emulator: Auth0Emulator,
  fields: Record<string, string>,
): Promise<Response> {
  return await fetch(`${emulator.url}/oauth/token`, {
    method: 'POST',
    body: JSON.stringify(fields),
    headers: { 'content-type': 'application/json' },
  })
}

export function tokensOf(body: unknown): Tokens {
  return body as Tokens
}
