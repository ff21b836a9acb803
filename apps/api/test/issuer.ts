import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface IssuerKey {
  kid: string
  privateKey: KeyObject
  jwk: Record<string, unknown>
}

/** An issuer controlled by a test: it records requests, and fails as it is told to. */
export interface Issuer extends AsyncDisposable {
  domain: string
  issuer: string
  key: IssuerKey
  /** Paths asked for, in order. */
  requests: string[]
  /** Replaces the handler of the key set; without an argument it works again. */
  answerKeysWith(answer?: Answer): void
  /** The same for /userinfo. */
  answerProfileWith(answer?: Answer): void
  /** The key set now. */
  publish(...jwks: Record<string, unknown>[]): void
}

type Answer = (response: ServerResponse, request: IncomingMessage) => void

export async function startIssuer(key: IssuerKey = rsaKey()): Promise<Issuer> {
  const requests: string[] = []
  let jwks: Record<string, unknown>[] = [key.jwk]
  const keys: Answer = (response) => json(response, { keys: jwks })
  let [answerKeys, answerProfile] = [keys, answerWithProfile]
  const server = createServer((request, response) => {
    requests.push(request.url ?? '')
    if (request.url === '/userinfo') return answerProfile(response, request)
    return answerKeys(response, request)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const domain = `http://localhost:${(server.address() as AddressInfo).port}`
  return {
    domain,
    issuer: `${domain}/`,
    key,
    requests,
    answerKeysWith: (next = keys) => {
      answerKeys = next
    },
    answerProfileWith: (next = answerWithProfile) => {
      answerProfile = next
    },
    publish: (...next) => {
      jwks = next
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

export function rsaKey(): IssuerKey {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const kid = randomBytes(8).toString('hex')
  const jwk = { ...publicKey.export({ format: 'jwk' }), use: 'sig', alg: 'RS256', kid }
  return { kid, privateKey, jwk }
}

/** A compact JWS, signed honestly over whatever it is given. */
export function signed(
  privateKey: KeyObject,
  header: Record<string, unknown> | string,
  claims: unknown,
): string {
  const input = `${encode(header)}.${encode(claims)}`
  return `${input}.${sign('sha256', Buffer.from(input), privateKey).toString('base64url')}`
}

export function encode(part: unknown): string {
  return Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url')
}

function json(response: ServerResponse, body: unknown): void {
  response.setHeader('content-type', 'application/json').end(JSON.stringify(body))
}

/** The profile that Auth0 would return for a person with a confirmed address. */
function answerWithProfile(response: ServerResponse, request: IncomingMessage): void {
  const payload = request.headers.authorization?.split('.')[1] ?? ''
  const { sub } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { sub: string }
  const name = sub.replaceAll(/\W/g, '-')
  json(response, { sub, name, email: `${name}@example.com`, email_verified: true })
}
