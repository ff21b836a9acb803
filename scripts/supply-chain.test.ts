import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import rules from './security-floor.json' with { type: 'json' }

/** What is installed, from the lockfile: no version with a known advisory, no package that must be absent. */
const locked = lockedVersions()

describe('what is installed', () => {
  it.each(Object.entries(rules.floor))('%s is at least %s', (name, floor) => {
    const below = (locked.get(name) ?? []).filter((version) => isBelow(version, floor))
    expect(below).toEqual([])
  })

  it('is really checked: the packages we depend on are in the lockfile', () => {
    const known = Object.keys(rules.floor).filter((name) => locked.has(name))
    expect(known).toEqual(expect.arrayContaining(['fastify', 'fast-jwt', 'get-jwks', 'ws', 'vite']))
    expect(isBelow('5.12.0', '5.12.1')).toBe(true)
    expect(isBelow('5.12.1', '5.12.1')).toBe(false)
    expect(isBelow('10.0.0', '9.9.9')).toBe(false)
  })

  it('has nothing that must be absent', () => {
    expect(rules.forbidden.filter((name) => locked.has(name))).toEqual([])
  })

  it('has a written reason for each package that stays despite an advisory', () => {
    expect(Object.keys(rules.exceptions).filter((name) => !locked.has(name))).toEqual([])
  })

  it('runs install scripts of named packages only', () => {
    const workspace = readFileSync(new URL('../pnpm-workspace.yaml', import.meta.url), 'utf8')
    expect(workspace).toContain('allowBuilds:')
    expect(workspace).not.toMatch(/dangerouslyAllowAllBuilds|neverBuiltDependencies|ignore-scripts/)
  })
})

/** Every version of every package, from the keys `name@version:` under `packages:`. */
function lockedVersions(): Map<string, string[]> {
  const text = readFileSync(new URL('../pnpm-lock.yaml', import.meta.url), 'utf8')
  const section = /\npackages:\n([\s\S]*?)\nsnapshots:/.exec(text)?.[1] ?? ''
  const versions = new Map<string, string[]>()
  for (const [, name = '', version = ''] of section.matchAll(
    /^ {2}'?(@?[^@'\s]+)@([^':(\s]+)'?:$/gm,
  ))
    versions.set(name, [...(versions.get(name) ?? []), version])
  return versions
}

function isBelow(version: string, floor: string): boolean {
  const [have, want] = [version, floor].map((text) =>
    text.split('.').map((part) => parseInt(part, 10)),
  )
  for (const index of [0, 1, 2]) {
    const difference = (have?.[index] ?? 0) - (want?.[index] ?? 0)
    if (difference !== 0) return difference < 0
  }
  return false
}
