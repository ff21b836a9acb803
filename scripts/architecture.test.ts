import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'

/** The walls of docs/architecture.md that no single file can see. Lint holds the same walls at the import. */
const ROOT = new URL('../', import.meta.url)
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => /\.(ts|tsx)$/.test(file))

const WALLS: { inside: RegExp; mayImport: RegExp; why: string }[] = [
  {
    inside: /^packages\/shared\/src\/(?!.*\.test\.)/,
    mayImport: /^(typebox|\.\/)/,
    why: 'shared is pure',
  },
  {
    inside: /^packages\/client\/src\/(?!.*\.test\.)/,
    mayImport: /^(@conclave\/shared\/|@tanstack\/query-core$|\.\.?\/(?!.*node\/))/,
    why: 'a client is pure: its machine is handed in',
  },
  {
    inside:
      /^packages\/client\/src\/replica\/(dispatch|behind|fetch-\w+|refresh|repair|forget|replica)\.ts$/,
    mayImport: /^(?!.*(keys\/|\.part\.ts|(messages|members|rooms|people)\.fold))/,
    why: 'what keeps a replica true walks the table of parts and names none',
  },
  {
    inside: /^packages\/(auth0|pusher)-emulator\/src\//,
    mayImport: /^(?!@conclave\/)/,
    why: 'an emulator knows its protocol and nothing of ours',
  },
  {
    inside: /^apps\/(api|web)\/(src|server)\/(?!.*\.test\.)/,
    mayImport: /^(?!@conclave\/(?!shared\/|client\/(?!node\/)))/,
    why: 'an app sees the contract, the client and no other app, emulator or stack',
  },
  {
    inside: /^apps\/api\/src\/(?!.*\.test\.)/,
    mayImport: /^(?!@conclave\/client)/,
    why: 'the api is no client',
  },
  {
    inside: /^packages\/bench\/src\//,
    mayImport: /^(?!@conclave\/(?!(shared|client|dev-stack|browser)\/))/,
    why: 'the bench starts a stack and speaks to it from outside',
  },
  {
    inside: /^apps\/web\/src\/ui\//,
    mayImport:
      /^(?!\.\.\/(app|features|server|realtime|session)\/)(?!react-router|@tanstack|pusher)/,
    why: 'ui knows no router, no query and no domain word',
  },
  {
    inside: /^apps\/web\/src\/realtime\//,
    mayImport: /^(?!(\.\.\/)+features\/)/,
    why: 'what hears of changes knows no feature',
  },
  {
    inside: /^apps\/web\/src\/(?!app\/|main\.tsx)/,
    mayImport: /^(?!(\.\.\/)+app\/)/,
    why: 'nothing imports app',
  },
]

describe('the walls of the house', () => {
  it.each(WALLS)('stand: $why', ({ inside, mayImport }) => {
    const watched = files.filter((file) => inside.test(file))
    expect(watched.length).toBeGreaterThan(0)
    const breaches = watched.flatMap((file) =>
      importsOf(file)
        .filter((name) => !mayImport.test(name))
        .map((name) => `${file} imports ${name}`),
    )
    expect(breaches).toEqual([])
  })

  it.each([
    ['apps/api/src/', 'process.env', /config\.ts$/],
    ['apps/web/src/', 'import.meta.env', /config\.ts$/],
  ])('%s reads %s in its config only', (folder, words, allowed) => {
    const readers = files.filter(
      (file) => file.startsWith(folder) && !/\.test\./.test(file) && textOf(file).includes(words),
    )
    expect(readers.filter((file) => !allowed.test(file))).toEqual([])
  })

  it('has no HTML string in the web', () => {
    const web = files.filter((file) => file.startsWith('apps/web/src/'))
    expect(web.length).toBeGreaterThan(10)
    const writers = web.filter((file) => /dangerouslySetInnerHTML|\.innerHTML\b/.test(textOf(file)))
    expect(writers).toEqual([])
  })

  it('leaves no SQL in routes and no publishing outside actions', () => {
    const routes = files.filter((file) => /^apps\/api\/src\/features\/.*\.routes\.ts$/.test(file))
    expect(routes.length).toBeGreaterThan(3)
    expect(routes.filter((file) => /sql`|\bemitTo/.test(textOf(file)))).toEqual([])
  })
})

/** A file may not need itself, over however many others; types count, because a reader follows them like values. */
it('has no circle of imports, types included', () => {
  const sources = files.filter((file) => !/\.test\./.test(file))
  const known = new Set(sources)
  const imports = new Map(
    sources.map((file) => [
      file,
      importsOf(file)
        .map((name) => fileOf(file, name))
        .filter((to) => known.has(to)),
    ]),
  )
  expect(imports.get('apps/api/src/main.ts')).toContain('apps/api/src/app.ts')
  expect(imports.get('apps/web/src/server/call.ts')).toContain('packages/shared/src/client.ts')
  expect(circlesIn(imports)).toEqual([])
})

/** Each circle once, as the files on the way round. */
function circlesIn(imports: ReadonlyMap<string, readonly string[]>): string[][] {
  const circles: string[][] = []
  const done = new Set<string>()
  const visit = (file: string, way: readonly string[]): void => {
    if (way.includes(file)) {
      circles.push([...way.slice(way.indexOf(file)), file])
      return
    }
    if (done.has(file)) return
    for (const next of imports.get(file) ?? []) visit(next, [...way, file])
    done.add(file)
  }
  for (const file of imports.keys()) visit(file, [])
  return circles
}

/** The file that an import of ours names; what is no file of ours is found in no list. */
function fileOf(file: string, name: string): string {
  if (name.startsWith('.')) return join(dirname(file), name)
  const [, workspace = '', path = ''] = /^@conclave\/([^/]+)\/(.+)$/.exec(name) ?? []
  return `${['api', 'web'].includes(workspace) ? 'apps' : 'packages'}/${workspace}/src/${path}.ts`
}

function textOf(file: string): string {
  return readFileSync(new URL(file, ROOT), 'utf8')
}

function importsOf(file: string): string[] {
  return [...textOf(file).matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g)].map(
    ([, name = '']) => name,
  )
}
