import { v7 } from 'uuid'
import { expect } from 'vitest'
import { GENERAL } from './data-rooms.ts'
import { setVendor } from './data-vendor.ts'
import { ALGORITHMS } from './hostile-tokens/algorithms.ts'
import { CLAIMS } from './hostile-tokens/issuer-claims.ts'
import { honest } from './hostile-tokens/forge.ts'
import { bearer, HEADER_LINES, NO_HTTP } from './hostile-tokens/header-lines.ts'
import { HEADERS } from './hostile-tokens/key-headers.ts'
import { request } from './hostile-tokens/oracle.ts'
import { SIGNATURES } from './hostile-tokens/signatures.ts'
import type { Stage } from './hostile-tokens/stage.ts'
import { STRUCTURE } from './hostile-tokens/structure.ts'
import { SUBJECTS } from './hostile-tokens/subjects.ts'
import { TIMES } from './hostile-tokens/times.ts'
import { signed } from './issuer.ts'
import { send, type Answer } from './raw-request.ts'
import { inJson, secretsOf, type Secrets } from './secrets.ts'
import { goodToken } from './good-tokens.ts'

const HOSTILE = [STRUCTURE, ALGORITHMS, SIGNATURES, HEADERS, CLAIMS, SUBJECTS, TIMES].flat()
const MESSAGES = `/v1/rooms/${GENERAL}/messages`
const SOCKET = '1234.5678'
/** A text that must not appear in any log. */
const CANARY = 'canary-9d2f-nobody-but-the-room'

/** What was sent and given out, and everything that was answered to what was refused. */
export interface Misfortunes {
  stage: Stage
  secrets: Secrets
  refusals: Answer[]
}

/** A route without input checks. */
export const CARELESS = '/careless'

/** Sends everything that must not be logged through the api, while everything fails. */
export async function everythingGoesWrong(stage: Stage): Promise<Misfortunes> {
  const secrets = secretsOf(stage.harness)
  secrets.set(CANARY, 'what somebody wrote')
  secrets.set('@example.com', 'an e-mail address')
  secrets.set('auth0|', "Auth0's name for somebody")
  const misfortunes = { stage, secrets, refusals: [] }
  await hostileTokens(misfortunes)
  await channels(misfortunes)
  await badRequests(misfortunes)
  await failingAuth0(misfortunes)
  await failingVendor(misfortunes)
  // The last, because nothing works after it.
  await failingDatabase(misfortunes)
  return misfortunes
}

async function hostileTokens({ stage, secrets, refusals }: Misfortunes): Promise<void> {
  for (const [what, , build] of HOSTILE) {
    const token = build(stage)
    if (token.length > 20) secrets.set(inJson(token), `the token with ${what}`)
    refusals.push(await request(stage, [bearer(token)], { body: { text: CANARY } }))
  }
  const token = honest(stage)
  secrets.set(token, 'a good token')
  for (const [, , lines] of [...HEADER_LINES, ...NO_HTTP]) {
    refusals.push(await request(stage, lines(token)))
  }
}

/** Signatures are secrets, too. */
async function channels(misfortunes: Misfortunes): Promise<void> {
  const { stage, secrets } = misfortunes
  const mine = ['private-encrypted-team-e0', `private-encrypted-person-${stage.graceId}-e0`]
  for (const channel_name of [...mine, 'private-anything', `private-${CANARY}`]) {
    const answer = await ask(misfortunes, 'POST', '/pusher/auth', {
      socket_id: SOCKET,
      channel_name,
    })
    const { auth, shared_secret } = JSON.parse(answer.body) as Record<string, string | undefined>
    if (auth) secrets.set(auth, `the signature of ${channel_name}`)
    if (shared_secret) secrets.set(shared_secret, `the key of ${channel_name}`)
  }
  const answer = await ask(misfortunes, 'POST', '/pusher/user-auth', { socket_id: SOCKET })
  const { auth } = JSON.parse(answer.body) as { auth: string }
  secrets.set(auth, 'the signature of a connection')
}

async function badRequests(misfortunes: Misfortunes): Promise<void> {
  const bodies = [
    { id: 'x', text: CANARY },
    { id: CANARY, text: CANARY },
    { id: v7(), text: `${CANARY}\0` },
    { id: v7(), text: CANARY.repeat(400) },
    { id: v7(), text: CANARY + 'é'.repeat(16_000) },
    { id: v7(), text: CANARY.repeat(4_000) },
    { id: v7(), text: [CANARY] },
    { id: v7(), text: 'x', more: CANARY },
    `{"id":"${v7()}","text":${CANARY}}`,
    `{"id":"${v7()}","text":"${CANARY}`,
    CANARY,
  ]
  for (const body of bodies) await ask(misfortunes, 'POST', MESSAGES, body)
  const paths = [
    `/v1/rooms/${CANARY}/messages`,
    `${MESSAGES}?before=${CANARY}`,
    `/${CANARY}`,
    `${CARELESS}?text=${CANARY}&who=alice@example.com`,
  ]
  for (const path of paths) await ask(misfortunes, 'GET', path)
}

/** Responses of Auth0 that repeat the request, or are about a person. */
const PROFILES: ((token: string) => [status: number, body: string])[] = [
  (token) => [500, token],
  (token) => [200, token],
  () => [200, 'alice@example.com'],
  () => [200, JSON.stringify({ sub: 'auth0|another', email: 'alice@example.com' })],
  () => [200, JSON.stringify({ sub: 7, email: 'alice@example.com' })],
]

async function failingAuth0(misfortunes: Misfortunes): Promise<void> {
  const { issuer } = misfortunes.stage
  for (const [nth, profile] of PROFILES.entries()) {
    const { header, claims } = goodToken(issuer, `auth0|new-${nth}`)
    const token = signed(issuer.key.privateKey, header, claims)
    const [status, body] = profile(token)
    issuer.answerProfileWith((response) => response.writeHead(status).end(body))
    await ask(misfortunes, 'GET', '/v1/me', undefined, token)
  }
  issuer.answerProfileWith()
}

async function failingVendor(misfortunes: Misfortunes): Promise<void> {
  const { harness } = misfortunes.stage
  const failures = () =>
    harness.log.lines().filter(({ msg }) => msg === 'a consumer of the log failed').length
  for (const mode of ['error', 'down'] as const) {
    const before = failures()
    await setVendor(harness, { mode })
    await ask(misfortunes, 'POST', MESSAGES, { id: v7(), text: CANARY })
    await expect.poll(failures, { message: 'failures of the vendor' }).toBeGreaterThan(before)
  }
}

async function failingDatabase(misfortunes: Misfortunes): Promise<void> {
  await misfortunes.stage.harness.sql.end()
  await ask(misfortunes, 'GET', '/v1/me')
  await ask(misfortunes, 'POST', MESSAGES, { id: v7(), text: CANARY })
}

async function ask(
  { stage, secrets, refusals }: Misfortunes,
  method: 'GET' | 'POST',
  path: string,
  body?: object | string,
  token = honest(stage),
): Promise<Answer> {
  secrets.set(token, 'a good token')
  const headers = [
    ['Authorization', `Bearer ${token}`],
    ['Content-Type', 'application/json'],
  ] as const
  const text = typeof body === 'object' ? JSON.stringify(body) : body
  const url = stage.harness.url + path
  const answer = await send(url, { method, headers, ...(text === undefined ? {} : { body: text }) })
  if (answer.status >= 400) refusals.push(answer)
  return answer
}
