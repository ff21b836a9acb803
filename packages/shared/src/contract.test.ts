import { readFileSync } from 'node:fs'
import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import * as bounds from './bounds.ts'
import type { EndpointDefinition } from './contract.ts'
import { tolerant } from './shapes.ts'
import { ENDPOINTS } from './endpoints.ts'
import { ADDRESS_LIMIT, LIMITS, type LimitName } from './limits.ts'
import { COMMON_PROBLEMS, Problem, PROBLEMS, problemSlug } from './problems.ts'
import { general, rooms } from './rooms.examples.ts'
import { Rooms } from './rooms.ts'

const endpoints: [string, EndpointDefinition][] = Object.entries(ENDPOINTS)
const slugs = Object.keys(PROBLEMS)

/** Every endpoint that a file declares, by its name. */
const declared = Object.values(
  import.meta.glob<Record<string, unknown>>(['./*.ts', '!./*.test.ts'], { eager: true }),
)
  .flatMap((module) => Object.entries(module))
  .filter(([, value]) => typeof value === 'object' && value !== null && 'path' in value)
  .map(([name]) => name)

describe('the endpoints', () => {
  it('are all in ENDPOINTS: what is missing there is in no document and no test', () => {
    expect(Object.keys(ENDPOINTS).toSorted()).toEqual([...new Set(declared)].toSorted())
  })

  it('each have a method and path of their own', () => {
    const places = endpoints.map(([, { method, path }]) => `${method} ${path}`)
    expect(new Set(places).size).toBe(endpoints.length)
  })

  it.each(endpoints)(
    '%s declares the parameters of its path, and only these',
    (_, { path, params }) => {
      const named = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name)
      const declared = params
        ? Object.keys((params as { properties?: object }).properties ?? {})
        : []
      expect(declared.toSorted()).toEqual(named.toSorted())
    },
  )

  it.each(endpoints)(
    '%s names problems of the catalogue, beyond the common ones',
    (_, { problems }) => {
      expect(new Set(problems).size).toBe(problems.length)
      for (const slug of problems) {
        expect(slugs).toContain(slug)
        expect(COMMON_PROBLEMS).not.toContain(slug)
      }
    },
  )

  it.each(endpoints)(
    '%s refuses unknown fields wherever it takes any',
    (_, { params, query, body }) => {
      for (const schema of [params, query, body]) {
        if (schema) expect(schema).toHaveProperty('additionalProperties', false)
      }
    },
  )

  it.each(endpoints)('%s sends a body only with a method that has one', (_, { method, body }) => {
    if (method === 'GET') expect(body).toBeUndefined()
  })
})

describe('the limits', () => {
  it('that bound what one person has are in docs/limits.md too', () => {
    const text = readFileSync(new URL('../../../docs/limits.md', import.meta.url), 'utf8')
    const maxima = Object.entries(bounds).filter(([name]) => name.endsWith('_MAX'))
    for (const [name, most] of maxima)
      expect(text, name).toMatch(new RegExp(`\\| ${most.toLocaleString('en')} +\\|`))
  })

  it('are those of the table in docs/limits.md', () => {
    const text = readFileSync(new URL('../../../docs/limits.md', import.meta.url), 'utf8')
    const told = [...text.matchAll(/^\| `([a-z]+)` +\| (\d+) in (\d+) s /gm)].map(
      ([, name, max, windowSeconds]) => [name, Number(max), Number(windowSeconds)],
    )
    expect(told).toEqual(
      Object.entries(LIMITS).map(([name, { max, windowSeconds }]) => [name, max, windowSeconds]),
    )
    expect(text).toContain(`${ADDRESS_LIMIT.max} in ${ADDRESS_LIMIT.windowSeconds} s`)
  })

  it('are each used', () => {
    const used = new Set(endpoints.map(([, { limit }]) => limit))
    expect(Object.keys(LIMITS).filter((name) => !used.has(name as LimitName))).toEqual([])
  })
})

describe('the problems', () => {
  it.each(slugs)('%s is read back from its document', (slug) => {
    const { status, title } = PROBLEMS[slug as keyof typeof PROBLEMS]
    const document: Problem = { type: `/problems/${slug}`, title, status, instance: 'req-1' }
    expect(Value.Check(Problem, document)).toBe(true)
    expect(problemSlug(document)).toBe(slug)
  })

  it.each(['/problems/nobody-knows', '/problems/toString', 'about:blank', undefined, 404])(
    '%s is none of ours',
    (type) => {
      expect(problemSlug({ type })).toBeUndefined()
    },
  )

  it('are all explained in docs/problems.md, and no others are', () => {
    const text = readFileSync(new URL('../../../docs/problems.md', import.meta.url), 'utf8')
    const explained = [...text.matchAll(/^## `([a-z-]+)` \((\d{3})\)$/gm)].map(
      ([, slug, status]) => `${slug} ${status}`,
    )
    const declared = Object.entries(PROBLEMS).map(([slug, { status }]) => `${slug} ${status}`)
    expect(explained.toSorted()).toEqual(declared.toSorted())
  })
})

describe('what is read', () => {
  it('may have fields that this code does not know, at any depth, and still needs all it does know', () => {
    const newer = { ...rooms, more: true, rooms: [{ ...general, mood: 'bright' }] }
    expect(Value.Check(Rooms, newer)).toBe(false)
    expect(Value.Check(tolerant(Rooms), newer)).toBe(true)
    expect(Value.Check(tolerant(Rooms), { ...newer, rev: '1' })).toBe(false)
    expect(Value.Check(tolerant(Rooms), { ...newer, rooms: undefined })).toBe(false)
  })
})
