import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ALGORITHMS } from '../../../test/hostile-tokens/algorithms.ts'
import { CLAIMS, HONEST_CLAIMS } from '../../../test/hostile-tokens/issuer-claims.ts'
import { honest } from '../../../test/hostile-tokens/forge.ts'
import {
  bearer,
  HEADER_LINES,
  HONEST_LINES,
  NO_HTTP,
} from '../../../test/hostile-tokens/header-lines.ts'
import { HEADERS, HONEST_HEADERS } from '../../../test/hostile-tokens/key-headers.ts'
import {
  expectBelieved,
  expectNotHttp,
  expectRefused,
  request,
} from '../../../test/hostile-tokens/oracle.ts'
import { SIGNATURES } from '../../../test/hostile-tokens/signatures.ts'
import { openStage, type Stage } from '../../../test/hostile-tokens/stage.ts'
import { STRUCTURE } from '../../../test/hostile-tokens/structure.ts'
import { HONEST_SUBJECTS, SUBJECTS } from '../../../test/hostile-tokens/subjects.ts'
import { HONEST_TIMES, TIMES } from '../../../test/hostile-tokens/times.ts'

let stage: Stage
let startedAt: number

beforeAll(async () => {
  startedAt = performance.now()
  stage = await openStage()
})
afterAll(() => stage[Symbol.asyncDispose]())

/** A table each; each refused token stands beside an accepted one that differs by one thing. */
const TOKENS = {
  'built otherwise': [STRUCTURE, []],
  'by another algorithm': [ALGORITHMS, []],
  'signed otherwise': [SIGNATURES, []],
  'with another header': [HEADERS, HONEST_HEADERS],
  'by or for somebody else': [CLAIMS, HONEST_CLAIMS],
  'about somebody else': [SUBJECTS, HONEST_SUBJECTS],
  'at another time': [TIMES, HONEST_TIMES],
} as const

describe.each(Object.entries(TOKENS))('a token %s', (_, [hostile, trusted]) => {
  test.each(hostile)('is refused: %s', async (_, reason, build) => {
    await expectRefused(stage, reason, () => request(stage, [bearer(build(stage))]))
  })

  test.each(trusted)('is believed: %s', async (_, build) => {
    await expectBelieved(stage, () => request(stage, [bearer(build(stage))]))
  })
})

describe('a good token', () => {
  test.each(HEADER_LINES)('is refused in %s', async (_, reason, lines) => {
    await expectRefused(stage, reason, () => request(stage, lines(honest(stage))))
  })

  test.each(NO_HTTP)('is not checked in bytes that are not HTTP: %s', async (_, status, lines) => {
    await expectNotHttp(stage, status, () => request(stage, lines(honest(stage))))
  })

  test.each(HONEST_LINES)('is believed: %s', async (_, lines) => {
    await expectBelieved(stage, () => request(stage, lines(honest(stage))))
  })
})

test('the issuer was asked for its keys at most once in half a minute', () => {
  const asked = stage.issuer.requests.filter((path) => path.includes('jwks')).length
  const halfMinutes = Math.floor((performance.now() - startedAt) / 30_000)
  expect(asked).toBeGreaterThan(0)
  expect(asked).toBeLessThanOrEqual(1 + halfMinutes)
})
