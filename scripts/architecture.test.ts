import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'

/**
 * The boundaries of docs/architecture.md that no single file can show. Lint enforces the same boundaries at the import.
 */
const ROOT = new URL('../', import.meta.url)
const files = execFileSync(
  'git',
  ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate'],
  {
    cwd: ROOT,
    encoding: 'utf8',
  },
)
  .split('\n')
  // A file that was deleted and not committed yet is still in git's index.
  .filter((file) => /\.(ts|tsx)$/.test(file) && existsSync(new URL(file, ROOT)))

const OURS = 'scripts/architecture.test.ts'

const BOUNDARIES: { inside: RegExp; mayImport: RegExp; why: string }[] = [
  {
    inside: /^packages\/shared\/src\/(?!.*\.test\.)/,
    mayImport: /^(typebox|\.\/)/,
    why: 'shared imports typebox and itself',
  },
  {
    inside: /^packages\/client\/src\/(?!.*\.test\.)/,
    mayImport: /^(@conclave\/shared\/|@tanstack\/query-core$|\.\.?\/(?!.*node\/))/,
    why: 'the client imports shared and a query core; timers, DOM and crypto are passed in',
  },
  {
    inside:
      /^packages\/client\/src\/replica\/(dispatch|behind|fetch-\w+|refresh|repair|forget|replica)\.ts$/,
    mayImport: /^(?!.*(keys\/|\.part\.ts|(messages|members|rooms|people)\.fold))/,
    why: 'the replica walks the table of parts and names none',
  },
  {
    inside: /^packages\/(auth0|pusher)-emulator\/src\//,
    mayImport: /^(?!@conclave\/)/,
    why: 'an emulator imports nothing of ours',
  },
  {
    inside: /^apps\/(api|web)\/(src|server)\/(?!.*\.test\.)/,
    mayImport: /^(?!@conclave\/(?!shared\/|client\/(?!node\/)))/,
    why: 'an app imports shared, the client, and no other app, emulator or stack',
  },
  {
    inside: /^apps\/api\/src\/(?!.*\.test\.)/,
    mayImport: /^(?!@conclave\/client)/,
    why: 'the api does not import the client',
  },
  {
    inside: /^packages\/bench\/src\//,
    mayImport: /^(?!@conclave\/(?!(shared|client|dev-stack|browser)\/))/,
    why: 'the bench imports shared, client, dev-stack and browser only',
  },
  {
    inside: /^apps\/web\/src\/ui\//,
    mayImport:
      /^(?!\.\.\/(app|features|server|realtime|session)\/)(?!react-router|@tanstack|pusher)/,
    why: 'ui imports no router, no query and no feature',
  },
  {
    inside: /^apps\/web\/src\/words\/(?!.*\.test\.)/,
    mayImport: /^(?!(\.\.\/)+(app|features|realtime|server|session)\/)/,
    why: 'words import no part of the app',
  },
  {
    inside: /^apps\/web\/src\/realtime\//,
    mayImport: /^(?!(\.\.\/)+features\/)/,
    why: 'realtime imports no feature',
  },
  {
    inside: /^apps\/web\/src\/(?!app\/|main\.tsx)/,
    mayImport: /^(?!(\.\.\/)+app\/)/,
    why: 'nothing imports app',
  },
]

describe('boundaries between folders', () => {
  it.each(BOUNDARIES)('$why', ({ inside, mayImport }) => {
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

  it('hears of what changes in a field after the field itself, whose React would put the old value back', () => {
    const web = files.filter((file) => file.startsWith('apps/web/src/'))
    const heard = /addEventListener\(\s*'input',/
    expect(web.filter((file) => heard.test(textOf(file)))).not.toEqual([])
    const early =
      /addEventListener\(\s*'(beforeinput|input|change|click)',[^)]*\b(true|capture)\b|on(BeforeInput|Input|Change|Click)Capture/
    expect(web.filter((file) => early.test(textOf(file)))).toEqual([])
  })

  it('has no SQL in routes', () => {
    const routes = files.filter((file) => /^apps\/api\/src\/features\/.*\.routes\.ts$/.test(file))
    expect(routes.length).toBeGreaterThan(3)
    expect(routes.filter((file) => /sql`/.test(textOf(file)))).toEqual([])
  })

  it('gives the time back after every test that takes it, because files share a process', () => {
    const takers = files.filter((file) => /\.test\.tsx?$/.test(file) && file !== OURS)
    const keepers = takers.filter((file) => {
      const text = textOf(file)
      return text.includes('vi.useFakeTimers(') && !text.includes('vi.useRealTimers(')
    })
    expect(keepers).toEqual([])
  })

  it('leaves it to the configuration when a wait in a test gives up', () => {
    const waiting = /\bvi\.wait(For|Until)\(/
    const waits = files.filter((file) => file !== OURS && waiting.test(textOf(file)))
    // These give up after a second, which a busy machine takes; `expect.poll` has its bound in vitest.config.ts.
    expect(waits).toEqual([])
  })

  it('has a test beside every route', () => {
    const folders = files.filter((file) => file.endsWith('.routes.ts')).map((file) => dirname(file))
    const untested = folders.filter(
      (folder) => !files.some((file) => dirname(file) === folder && file.endsWith('.test.ts')),
    )
    expect(untested).toEqual([])
  })

  it('emits events and records acts in *.actions.ts only', () => {
    const sources = files.filter((file) => /^apps\/api\/src\/(?!.*\.test\.)/.test(file))
    const named = sources.filter((file) => /\b(emitTo[A-Z]\w*|recordAct)\b/.test(textOf(file)))
    const outside = named.filter((file) => !/^apps\/api\/src\/(log|audit)\//.test(file))
    expect(outside.length).toBeGreaterThan(5)
    const breaches = outside
      .filter((file) => !file.endsWith('.actions.ts'))
      .map((file) => `${file} emits or records: move what decides this into a *.actions.ts file`)
    expect(breaches).toEqual([])
  })
})

/** Names that say a file's role in its package, and not what it is about. */
const ROLES = ['app', 'config', 'index', 'main', 'options', 'vite.config']
/** The same thing in both emulators, which share no code. */
const TWINS = ['guard', 'listen']

it('gives no two files one name, unless it is that of a role', () => {
  const allowed = new Set([...ROLES, ...TWINS])
  // A file in `bin` is called as its command is.
  const named = files.filter((file) => !/\/bin\//.test(file))
  const byName = Map.groupBy(named, (file) => basename(file))
  const shared = [...byName].filter(([, paths]) => paths.length > 1)
  const needed = new Set(shared.map(([name]) => subjectOf(name)))
  expect([...allowed].filter((name) => !needed.has(name))).toEqual([])
  const breaches = shared.filter(([name]) => !allowed.has(subjectOf(name)))
  expect(
    breaches.map(
      ([name, paths]) =>
        `${name} is ${paths.join(' and ')}: let the names say what each is about, as seed-world.ts does`,
    ),
  ).toEqual([])
})

/** `server` stays twice: the previous release's test starts `server/main.ts` in an older checkout too. */
const SHARED_FOLDER_NAMES = ['apps/web server']

it('gives no two folders of a package one name, unless one is a feature', () => {
  const folders = new Set(files.map((file) => dirname(file)))
  const byName = Map.groupBy(
    [...folders].filter((folder) => !/\/features\/[^/]+$/.test(folder)),
    (folder) => `${folder.split('/').slice(0, 2).join('/')} ${basename(folder)}`,
  )
  const shared = [...byName].filter(([, paths]) => paths.length > 1)
  const needed = new Set(shared.map(([name]) => name))
  expect(SHARED_FOLDER_NAMES.filter((name) => !needed.has(name))).toEqual([])
  const breaches = shared.filter(([name]) => !SHARED_FOLDER_NAMES.includes(name))
  expect(breaches.map(([, paths]) => `${paths.join(' and ')}: rename one`)).toEqual([])
})

/** No file may import itself through others; type imports count, because a reader follows them as well. */
it('has no import cycle, types included', () => {
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
  expect(cyclesIn(imports)).toEqual([])
})

/** What a file's name says that it is about. */
function subjectOf(name: string): string {
  return name.replace(/(\.test)?\.tsx?$/, '')
}

/** Each cycle once, as the files it goes through. */
function cyclesIn(imports: ReadonlyMap<string, readonly string[]>): string[][] {
  const cycles: string[][] = []
  const done = new Set<string>()
  const visit = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) {
      cycles.push([...path.slice(path.indexOf(file)), file])
      return
    }
    if (done.has(file)) return
    for (const next of imports.get(file) ?? []) visit(next, [...path, file])
    done.add(file)
  }
  for (const file of imports.keys()) visit(file, [])
  return cycles
}

/** The path of an import of ours; for any other import, a path that does not exist. */
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
