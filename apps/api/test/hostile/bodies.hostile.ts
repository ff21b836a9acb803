import type { EndpointDefinition } from '@conclave/shared/contract'
import { ENDPOINTS } from '@conclave/shared/endpoints'
import type { Example } from '@conclave/shared/examples'
import { problemSlug } from '@conclave/shared/problems'
import * as fc from 'fast-check'
import { Value } from 'typebox/value'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { arrive, type Colleague } from '../data-people.ts'
import { GENERAL, NOWHERE } from '../data-rooms.ts'
import { startHarness, type Harness } from '../harness.ts'
import { stateOf } from '../untouched.ts'
import { edited, EDITS } from './text-edits.ts'
import { withstands } from './withstands.ts'

let harness: Harness
let bob: Colleague
let state: Awaited<ReturnType<typeof stateOf>>

beforeAll(async () => {
  harness = await startHarness()
  // Whoever comes first owns the workspace; what a plain member may not do is to be refused, too.
  const [, second] = await arrive(harness, ['alice', 'bob'])
  bob = second!
  state = await stateOf(harness)
})
afterAll(() => harness.close())

declare global {
  interface ImportMeta {
    /** Vite's: every module that fits. */
    glob: <Module>(pattern: string, options: { eager: true }) => Record<string, Module>
  }
}

/** Every body has one; a test of shared sees to it. */
const EXAMPLES = Object.values(
  import.meta.glob<object>('../../../../packages/shared/src/*.examples.ts', { eager: true }),
)
  .flatMap((module) => Object.entries(module))
  .filter(([name]) => name.endsWith('_EXAMPLES'))
  .flatMap(([, examples]) => Object.values(examples as Record<string, Example>))

/** Every endpoint that takes a body, with bodies that are good. */
const TAKERS = Object.values<EndpointDefinition>(ENDPOINTS).flatMap((endpoint) => {
  const good = EXAMPLES.find(({ schema }) => schema === endpoint.body)?.valid ?? []
  return endpoint.body ? [{ endpoint, good: good.map((body) => JSON.stringify(body)) }] : []
})

const NAMES = fc.constantFrom('__proto__', 'constructor', 'role', 'id', 'authorId', 'text', 'x')
const BODY = fc.constantFrom(...TAKERS).chain(({ endpoint, good }) =>
  fc.record({
    endpoint: fc.constant(endpoint),
    text: fc.oneof(
      fc.tuple(fc.constantFrom(...good), EDITS).map(([body, edits]) => edited(body, edits)),
      fc
        .tuple(fc.constantFrom(...good), NAMES, fc.json())
        .map(([body, name, value]) =>
          body.replace(/}$/, `,"${name}":${value}}`).replace('{,', '{'),
        ),
      fc.tuple(fc.constantFrom(...good), fc.json(), fc.nat(8)).map(withValueReplaced),
      fc.json(),
      fc.constantFrom(...good),
    ),
  }),
)

test('a random body is handled as the contract says, or refused without any effect', async (context) => {
  expect(TAKERS.length).toBeGreaterThan(5)
  const property = fc.asyncProperty(BODY, async ({ endpoint, text }) => {
    const answer = await post(endpoint, text)
    if (answer.status < 300) {
      expect(Value.Check(endpoint.body!, JSON.parse(text))).toBe(true)
      state = await stateOf(harness)
      return
    }
    expect(answer.status).toBeLessThan(500)
    expect(problemSlug(JSON.parse(answer.text) as object)).toBeDefined()
    expect(await stateOf(harness)).toEqual(state)
  })
  await withstands(context, property)
})

async function post({ method, path }: EndpointDefinition, body: string) {
  const url = path.replace(':roomId', GENERAL).replaceAll(/:\w+/g, NOWHERE)
  const response = await fetch(harness.url + url, {
    method,
    headers: { authorization: `Bearer ${bob.token}`, 'content-type': 'application/json' },
    body,
  })
  return { status: response.status, text: await response.text() }
}

/** The nth value of the body replaced by another. */
function withValueReplaced([body, value, nth]: [string, string, number]): string {
  let seen = -1
  return body.replaceAll(/:("(?:[^"\\]|\\.)*"|[\d.]+|true|false|null)/g, (whole) => {
    seen += 1
    return seen === nth ? `:${value}` : whole
  })
}
