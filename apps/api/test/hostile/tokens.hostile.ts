import * as fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { withoutInstance } from '../data-people.ts'
import { claims, header, honest, type Build } from '../hostile-tokens/forge.ts'
import { bearer } from '../hostile-tokens/header-lines.ts'
import { REFUSAL } from '../hostile-tokens/oracle.ts'
import { openStage, type Stage } from '../hostile-tokens/stage.ts'
import type { Answer } from '../raw-request.ts'
import { exchange, lines } from '../raw-socket.ts'
import { AUDIENCE, CLIENT_ID } from '../good-tokens.ts'
import { stateOf } from '../untouched.ts'
import { edited, EDITS, LETTERS } from './text-edits.ts'
import { withstands } from './withstands.ts'

let stage: Stage
let before: Awaited<ReturnType<typeof stateOf>>

beforeAll(async () => {
  stage = await openStage()
})
beforeEach(async () => {
  before = await stateOf(stage.harness)
})
afterAll(() => stage[Symbol.asyncDispose]())

function getMe(...headerLines: string[]): Promise<Answer> {
  const host = new URL(stage.harness.url).host
  return exchange(stage.harness.url, lines('GET /v1/me HTTP/1.1', `Host: ${host}`, ...headerLines))
}

/** Grace, if it says so by right; otherwise nobody, in the words for everybody. */
function expectGraceOrNobody(answer: Answer, isGrace: boolean): void {
  if (isGrace) {
    expect(answer.status).toBe(200)
    expect(JSON.parse(answer.body)).toMatchObject({ id: stage.graceId })
  } else if (answer.status === 400) {
    expect(answer.headers['content-type']).toBe('application/problem+json')
  } else {
    expect(answer.status).toBe(401)
    expect(withoutInstance(answer.body)).toBe(REFUSAL)
  }
}

async function expectNoTrace(): Promise<void> {
  expect(await stateOf(stage.harness)).toEqual(before)
  expect(stage.attacker.requests).toEqual([])
  expect((await getMe(bearer(honest(stage)))).status).toBe(200)
}

test('a token with changed letters is refused, unless it decodes to the same bytes', async (context) => {
  const property = fc.asyncProperty(EDITS, async (edits) => {
    const token = honest(stage)
    const changed = edited(token, edits)
    expectGraceOrNobody(
      await getMe(bearer(changed)),
      isSameBytes(token, changed.replace(/[ \t]+$/, '')),
    )
  })
  await withstands(context, property)
  await expectNoTrace()
})

const FIELD = fc.constantFrom('alg', 'kid', 'typ', 'crit')

test('a token header with random values is refused, unless these are valid', async (context) => {
  const property = fc.asyncProperty(FIELD, fc.jsonValue(), async (field, value) => {
    const build = header({ [field]: value })
    const isTyp = typeof value === 'string' && /^(application\/)?jwt$/i.test(value)
    const isGood =
      (field === 'alg' && value === 'RS256') ||
      (field === 'kid' && value === stage.issuer.key.kid) ||
      (field === 'typ' && isTyp)
    expectGraceOrNobody(await getMe(line(build)), isGood)
  })
  await withstands(context, property)
  await expectNoTrace()
})

const CLAIM = fc.constantFrom('iss', 'aud', 'azp', 'client_id', 'cnf', 'gty', 'exp', 'iat', 'nbf')

test('claims with random values are refused, unless these are valid', async (context) => {
  const property = fc.asyncProperty(CLAIM, fc.jsonValue(), async (claim, value) => {
    const answer = await getMe(line(claims({ [claim]: value })))
    expectGraceOrNobody(answer, isClaim(claim, value))
  })
  await withstands(context, property)
  await expectNoTrace()
})

// Half a character, too, which no database keeps.
const TEXT = fc.string({
  unit: fc.constantFrom(...LETTERS, '\ud800'),
  size: 'large',
  maxLength: 300,
})

test('a random sub is exactly that person, or is refused', async (context) => {
  const property = fc.asyncProperty(fc.oneof(fc.jsonValue(), TEXT), async (sub) => {
    const answer = await getMe(line(claims({ sub })))
    expect([200, 401]).toContain(answer.status)
    if (answer.status === 401) expectGraceOrNobody(answer, false)
    else expect(JSON.parse(answer.body)).not.toMatchObject({ id: stage.graceId })
  })
  await withstands(context, property)
})

const PIECES = [
  'Authorization',
  'authorization',
  ':',
  ': ',
  ' ',
  '\t',
  'Bearer',
  'bearer ',
  'Basic ',
]
const MORE_PIECES = ['\r\n', '\n', '\r', '\0', ',', ';', '"', '=', 'X-Other: 1', 'TOKEN', 'a.b.c']
const HEAD = fc.array(fc.constantFrom(...PIECES, ...MORE_PIECES), { maxLength: 12 })
const ONE_LINE = /^authorization:[ \t]*bearer TOKEN[ \t]*$/i

test('random header lines authenticate only with exactly one valid authorization line', async (context) => {
  const property = fc.asyncProperty(HEAD, async (pieces) => {
    const text = pieces.join('')
    const token = honest(stage)
    const answer = await getMe(text.replaceAll('TOKEN', token))
    // Something else on the way may make it no HTTP at all; nothing else may make it good.
    const said = text.split('\r\n').filter((line) => /^authorization:/i.test(line))
    const isGood = said.length === 1 && ONE_LINE.test(said[0] ?? '')
    if (isGood && answer.status !== 400) expectGraceOrNobody(answer, true)
    else expectGraceOrNobody(answer, false)
  })
  await withstands(context, property)
  await expectNoTrace()
})

function line(build: Build): string {
  return bearer(build(stage))
}

/** What is signed is the text of the first two parts; only of the signature itself do the bytes count. */
function isSameBytes(token: string, changed: string): boolean {
  if (!/^[\w-]+\.[\w-]+\.[\w-]+$/.test(changed)) return false
  const dot = token.lastIndexOf('.')
  if (changed.slice(0, dot + 1) !== token.slice(0, dot + 1)) return false
  const [one, other] = [token, changed].map((text) => Buffer.from(text.slice(dot + 1), 'base64url'))
  return one!.equals(other!)
}

function isClaim(claim: string, value: unknown): boolean {
  switch (claim) {
    case 'iss':
      return value === stage.issuer.issuer
    case 'aud':
      return value === AUDIENCE
    case 'azp':
    case 'client_id':
      return value === CLIENT_ID
    case 'nbf':
      return typeof value === 'number' && value < Date.now() / 1000
    default:
      return false
  }
}
