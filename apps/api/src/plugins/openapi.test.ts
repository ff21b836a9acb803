import type { EndpointDefinition } from '@conclave/shared/contract'
import { ENDPOINTS } from '@conclave/shared/endpoints'
import { LIMITS } from '@conclave/shared/limits'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startHarness, type Harness } from '../../test/harness.ts'
import { send } from '../../test/raw-request.ts'

interface Document {
  openapi: string
  security: unknown
  paths: Record<string, Record<string, Operation>>
}
interface Operation {
  summary: string
  'x-limit'?: object
  responses: Record<string, { content: Record<string, unknown> }>
  requestBody?: { content: Record<string, unknown> }
}

let harness: Harness
let document: Document

beforeAll(async () => {
  harness = await startHarness()
  document = JSON.parse((await send(`${harness.url}/openapi.json`)).body) as Document
})
afterAll(() => harness.close())

test.each(Object.entries<EndpointDefinition>(ENDPOINTS))('%s is described', (_, endpoint) => {
  const { path, method, summary, status, limit } = endpoint
  const operation = document.paths[path.replaceAll(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()]
  expect(operation?.summary).toBe(summary)
  expect(operation?.responses[status]?.content).toHaveProperty('application/json')
  expect(operation?.['x-limit']).toEqual(limit && { name: limit, ...LIMITS[limit] })
  expect(operation?.responses['401']?.content).toHaveProperty(['application/problem+json'])
})

test('nothing is described that the contract does not have', () => {
  const described = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
  )
  const declared = Object.values(ENDPOINTS).map(
    ({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`,
  )
  expect(described.toSorted()).toEqual(declared.toSorted())
})

test('it is OpenAPI 3.1, and asks for a token', () => {
  expect(document.openapi).toBe('3.1.0')
  expect(document.security).toEqual([{ token: [] }])
})

test('the endpoints that Pusher clients call say that they take forms', () => {
  const content = document.paths['/pusher/auth']?.['post']?.requestBody?.content ?? {}
  expect(Object.keys(content)).toEqual(['application/json', 'application/x-www-form-urlencoded'])
})

test('the page that shows it runs nothing but its own, and only that page is relaxed', async () => {
  const page = await send(`${harness.url}/docs/`)
  expect(page.status).toBe(200)
  expect(page.headers['content-security-policy']).toContain("default-src 'none';script-src 'self'")
  expect(page.headers['content-security-policy']).not.toContain('https:')
  expect(page.body).not.toMatch(/(src|href)="https?:/)
  expect((await send(`${harness.url}/docs/js/scalar.js`)).status).toBe(200)
  const document = await send(`${harness.url}/openapi.json`)
  expect(document.headers['content-security-policy']).toContain('sandbox')
})
