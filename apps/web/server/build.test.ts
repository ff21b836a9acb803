import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseSync } from 'vite'
import { paths } from '../src/app/paths.ts'
import { buildWeighed, growth, scriptsOf, type Weights } from './weights.ts'

/** The worker renews tokens, so the api cannot be called before it runs. */
const WORKER = 'auth0-worker.js'
const FIRST_VIEW_MAX_BYTES = 185_000

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

/** Every name that the api's environment may have, and what a careless build machine might have in addition. */
const SECRETS = Object.fromEntries(
  [
    ...readFileSync(`${ROOT}.env.example`, 'utf8').matchAll(/^(?:# )?([A-Z0-9_]+)=/gm),
    ...['AWS_SECRET_ACCESS_KEY', 'NPM_TOKEN', 'VITE_PUSHER_SECRET', 'VITE_ANYTHING'].map((name) => [
      '',
      name,
    ]),
  ].map(([, name = ''], index) => [name, `secret-${index}-of-the-build-machine`]),
)
/** The web's configuration: public, and only in config.json. */
const PUBLIC = {
  VITE_API_URL: 'https://api.build-test.example',
  VITE_AUTH0_DOMAIN: 'build-test.eu.auth0.com',
  VITE_AUTH0_CLIENT_ID: 'client-of-the-build-test',
  VITE_AUTH0_AUDIENCE: 'https://audience.build-test.example',
  VITE_PUSHER_KEY: 'key-of-the-build-test',
  VITE_PUSHER_CLUSTER: 'eu',
}

/** Every address of the app, from its one list. */
const ADDRESSES = Object.values(paths).map((path) =>
  typeof path === 'string' ? path : path('01900000-0000-7000-8000-000000000001', 1),
)

interface Answer {
  status: number
  file: string
  headers: Map<string, string>
}

/** How each host serves a build, according to its documentation. */
const HOSTS = { 'Cloudflare Pages': cloudflarePages, Netlify: netlify }

const outDir = mkdtempSync(join(tmpdir(), 'conclave-build-'))
const files = new Map<string, string>()
/** What each module weighs, by the file that it is in. */
let weights: Record<string, Weights>

beforeAll(async () => {
  weights = await buildWeighed(outDir, { ...process.env, ...SECRETS, ...PUBLIC })
  for (const entry of readdirSync(outDir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    files.set(path.slice(outDir.length + 1), readFileSync(path, 'utf8'))
  }
})
afterAll(() => rmSync(outDir, { recursive: true, force: true }))

test('the configuration is in config.json and the headers, and compiled into nothing', () => {
  expect([...files.keys()]).toEqual(
    expect.arrayContaining(['index.html', 'config.json', '_headers']),
  )
  expect(files.get('config.json')).toContain(PUBLIC.VITE_PUSHER_KEY)
  for (const value of Object.values(PUBLIC)) {
    if (value.length > 10)
      expect(holders(value)).not.toContainEqual(expect.stringMatching(/js$|html$/))
  }
})

describe.each(Object.entries(HOSTS))('as static files on %s', (_name, answerTo) => {
  test.each(ADDRESSES)('%s is the page, also on reload', (path) => {
    expect(answerTo(path)).toMatchObject({ status: 200, file: 'index.html' })
    expect(answerTo(path).headers.get('cache-control')).toBeUndefined()
  })

  test('a file of the build is served, and cached without limit', () => {
    const scripts = [...files.keys()].filter((name) => /^assets\/.*\.(?:js|css)$/.test(name))
    expect(scripts.length).toBeGreaterThan(1)
    for (const file of scripts) {
      const { headers, ...answer } = answerTo(`/${file}`)
      expect([answer, headers.get('cache-control')]).toEqual([
        { status: 200, file },
        'public, max-age=31536000, immutable',
      ])
    }
  })

  test.each(['/assets/nope.js', '/assets/', '/nope', '/room/x', '/favicon.nope'])(
    '%s is a 404, and not cached',
    (path) => {
      const { status, headers } = answerTo(path)
      expect(status).toBe(404)
      expect(headers.get('cache-control')).toBeUndefined()
      expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    },
  )
})

// A part that imports a module which waits is given to whoever asks for it second before it has run
// (https://bugs.webkit.org/show_bug.cgi?id=242740).
test('no module waits at its top level, for WebKit takes what imports it for ready', () => {
  expect(waits('const early = await import("./a.js")')).toBe(true)
  expect(waits('const later = async () => await import("./a.js")')).toBe(false)
  const scripts = [...files].filter(([name]) => name.endsWith('.js'))
  expect(scripts.length).toBeGreaterThan(10)
  expect(scripts.filter(([, code]) => waits(code)).map(([name]) => name)).toEqual([])
})

test('the files for a static host stay within its limits, and its 404 page is the app', () => {
  // Cloudflare Pages reads at most 100 header rules and 100 redirects with a star.
  expect(headerRules().length).toBeLessThanOrEqual(100)
  expect(redirectRules().length).toBeLessThanOrEqual(100)
  // The nginx rules in the guide are written by hand; they must name the same addresses.
  const segments = lines('_redirects').map((line) => line.split(/[/ ]/)[1])
  expect(readFileSync(`${ROOT}docs/self-hosting.md`, 'utf8')).toContain(
    `location ~ ^/(${[...new Set(segments)].join('|')})(/|$)`,
  )
  // GitHub Pages and similar hosts have no rules: there only this page makes an address of the app work.
  expect(files.get('404.html')).toBe(files.get('index.html'))
})

test('no secret of the build machine is in any file, whatever its name', () => {
  expect(Object.keys(SECRETS)).toEqual(
    expect.arrayContaining(['PUSHER_MASTER_KEY', 'DATABASE_URL']),
  )
  for (const [name, value] of Object.entries(SECRETS))
    expect([name, holders(value)]).toEqual([name, []])
  expect(holders('VITE_')).toEqual([])
})

test('every icon that the page or a browser asks for is there, and is an image', () => {
  const page = files.get('index.html') ?? ''
  const named = [...page.matchAll(/rel="(?:icon|apple-touch-icon)" href="\/([^"]+)"/g)].map(
    ([, name = '']) => name,
  )
  expect(named).toEqual(['favicon.ico', 'favicon.svg', 'apple-touch-icon.png'])
  const favicon = readFileSync(join(outDir, 'favicon.ico'))
  expect(favicon.subarray(0, 4).toString('hex')).toBe('00000100')
  const touch = readFileSync(join(outDir, 'apple-touch-icon.png'))
  expect([touch.readUInt32BE(16), touch.readUInt32BE(20)]).toEqual([180, 180])
})

test('neither source maps nor paths of the build machine are in any file', () => {
  expect([...files.keys()].filter((name) => name.endsWith('.map'))).toEqual([])
  for (const trace of ['\n//# sourceMappingURL', ROOT, `${homedir()}/`, 'node_modules/']) {
    expect([trace, holders(trace)]).toEqual([trace, []])
  }
})

test('the script that explains an old browser is one that such a browser can read', () => {
  const script = files.get('start.js') ?? ''
  expect(files.get('index.html')).toContain('too old for Conclave')
  expect(script).toContain('.tooOld')
  expect(script).not.toMatch(/`|=>|\b(?:const|let|class|async)\b|\?\.|\?\?/)
})

test('K7: another language is a file that the page knows, and English carries none of it', () => {
  const page = files.get('index.html') ?? ''
  const [, german = ''] = /"file":"\/(assets\/german-[^"]+)"/.exec(page) ?? []
  expect(files.get(german)).toContain('Nachricht')
  expect(page).toMatch(/<noscript>.*<div lang="de"><h1>Conclave braucht JavaScript.*<\/noscript>/s)
  const others = scriptsOf(page).filter((script) => files.get(script)?.includes('Nachricht an'))
  expect(others).toEqual([])
})

test('what the first view needs stays small', () => {
  const scripts = scriptsOf(files.get('index.html') ?? '')
  expect(scripts).toContainEqual(expect.stringMatching(/^assets\/index-/))
  const sizes = [...scripts, WORKER].map((name) => gzipSync(files.get(name) ?? '').length)
  expect(sizes).not.toContain(gzipSync('').length)
  const bytes = sizes.reduce((sum, size) => sum + size)
  expect(bytes, heavier(scripts)).toBeLessThan(FIRST_VIEW_MAX_BYTES)
})

/** Which modules of these scripts weigh more than they did. */
function heavier(scripts: readonly string[]): string {
  const before = JSON.parse(
    readFileSync(new URL('first-view.weights.json', import.meta.url), 'utf8'),
  ) as Weights
  const now = Object.assign({}, ...scripts.map((script) => weights[script])) as Weights
  return [
    'bytes of the first view; since `pnpm weigh` last wrote down what its modules weigh:',
    ...growth(now, before).slice(0, 20),
  ].join('\n')
}

/** developers.cloudflare.com/pages/configuration/{redirects,serving-pages,headers}: redirects first, then files. */
function cloudflarePages(path: string): Answer {
  const target = redirected(path) ?? path
  // It redirects `.html` addresses to the ones without, which no rule may lead into.
  expect(target).not.toMatch(/\.html$/)
  return fileAt(target) ?? missing(path)

  function fileAt(name: string): Answer | undefined {
    const file = name === '/' ? 'index.html' : name.slice(1)
    return files.has(file) ? { status: 200, file, headers: headersFor(path) } : undefined
  }
}

/** docs.netlify.com/routing/redirects/rewrites-proxies: files first ("shadowing"), then redirects. */
function netlify(path: string): Answer {
  const own = path === '/' ? 'index.html' : path.slice(1)
  const file = files.has(own) ? own : redirected(path) === '/' ? 'index.html' : undefined
  return file ? { status: 200, file, headers: headersFor(path) } : missing(path)
}

function missing(path: string): Answer {
  return { status: 404, file: '404.html', headers: headersFor(path) }
}

/** A star matches any number of characters; the first rule that matches is used. */
function redirected(path: string): string | undefined {
  return redirectRules().find(([from = '']) => fits(from, path))?.[1]
}

function redirectRules(): string[][] {
  const rules = lines('_redirects').map((line) => line.split(' '))
  for (const [, , status] of rules) expect(status).toBe('200')
  return rules
}

/** Every rule that matches adds its headers. */
function headersFor(path: string): Map<string, string> {
  const fitting = headerRules().filter(({ from }) => fits(from, path))
  return new Map(fitting.flatMap(({ headers }) => headers))
}

function headerRules(): { from: string; headers: [string, string][] }[] {
  const rules: ReturnType<typeof headerRules> = []
  for (const line of lines('_headers')) {
    const [, name, value] = /^ {2}([^:]+): (.*)$/.exec(line) ?? []
    if (name && value) rules.at(-1)?.headers.push([name.toLowerCase(), value])
    else rules.push({ from: line, headers: [] })
  }
  return rules
}

function lines(file: string): string[] {
  return (files.get(file) ?? '').split('\n').filter(Boolean)
}

function fits(from: string, path: string): boolean {
  const [before = '', after] = from.split('*')
  return after === undefined ? from === path : path.startsWith(before)
}

function holders(text: string): string[] {
  return [...files].filter(([, content]) => content.includes(text)).map(([name]) => name)
}

/** Whether a module awaits something outside of functions. */
function waits(code: string): boolean {
  const isInside = (node: unknown): boolean => {
    if (typeof node !== 'object' || node === null) return false
    const { type, await: isForAwait } = node as { type?: string; await?: boolean }
    if (type === 'AwaitExpression' || (type === 'ForOfStatement' && isForAwait)) return true
    if (type && /Function|MethodDefinition|PropertyDefinition/.test(type)) return false
    return Object.values(node).some(isInside)
  }
  return isInside(parseSync('file.js', code).program)
}
