import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** The worker renews tokens, so nothing can be asked of the api before it runs. */
const WORKER = 'auth0-worker.js'
const FIRST_VIEW_MAX_BYTES = 190_000

const WEB = fileURLToPath(new URL('..', import.meta.url))
const ROOT = fileURLToPath(new URL('../../..', import.meta.url))

/** Every name the api is told, and what a careless build machine might have besides. */
const SECRETS = Object.fromEntries(
  [
    ...readFileSync(`${ROOT}.env.example`, 'utf8').matchAll(/^(?:# )?([A-Z0-9_]+)=/gm),
    ...['AWS_SECRET_ACCESS_KEY', 'NPM_TOKEN', 'VITE_PUSHER_SECRET', 'VITE_ANYTHING'].map((name) => [
      '',
      name,
    ]),
  ].map(([, name = ''], index) => [name, `secret-${index}-of-the-build-machine`]),
)
/** What the web is told: public, and in config.json alone. */
const PUBLIC = {
  VITE_API_URL: 'https://api.build-test.example',
  VITE_AUTH0_DOMAIN: 'build-test.eu.auth0.com',
  VITE_AUTH0_CLIENT_ID: 'client-of-the-build-test',
  VITE_AUTH0_AUDIENCE: 'https://audience.build-test.example',
  VITE_PUSHER_KEY: 'key-of-the-build-test',
  VITE_PUSHER_CLUSTER: 'eu',
}

const outDir = mkdtempSync(join(tmpdir(), 'conclave-build-'))
const files = new Map<string, string>()

beforeAll(async () => {
  await promisify(execFile)(join(WEB, 'node_modules/.bin/vite'), ['build', '--outDir', outDir], {
    cwd: WEB,
    // Vitest's own NODE_ENV would make it a build for developing.
    env: { ...process.env, ...SECRETS, ...PUBLIC, NODE_ENV: 'production' },
  })
  for (const entry of readdirSync(outDir, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    files.set(path.slice(outDir.length + 1), readFileSync(path, 'utf8'))
  }
})
afterAll(() => rmSync(outDir, { recursive: true, force: true }))

test('what the web is told is in config.json and the headers, and compiled into nothing', () => {
  expect([...files.keys()]).toEqual(
    expect.arrayContaining(['index.html', 'config.json', '_headers']),
  )
  expect(files.get('config.json')).toContain(PUBLIC.VITE_PUSHER_KEY)
  for (const value of Object.values(PUBLIC)) {
    if (value.length > 10)
      expect(holders(value)).not.toContainEqual(expect.stringMatching(/js$|html$/))
  }
})

test('no secret of the machine that builds is in any file, under whatever name', () => {
  expect(Object.keys(SECRETS)).toEqual(
    expect.arrayContaining(['PUSHER_MASTER_KEY', 'DATABASE_URL']),
  )
  for (const [name, value] of Object.entries(SECRETS))
    expect([name, holders(value)]).toEqual([name, []])
  expect(holders('VITE_')).toEqual([])
})

test('every icon that the page or a browser asks for is there, and is one', () => {
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

test('neither source maps nor paths of that machine are in any file', () => {
  expect([...files.keys()].filter((name) => name.endsWith('.map'))).toEqual([])
  for (const trace of ['\n//# sourceMappingURL', ROOT, `${homedir()}/`, 'node_modules/']) {
    expect([trace, holders(trace)]).toEqual([trace, []])
  }
})

test('what the first view needs stays small', () => {
  const page = files.get('index.html') ?? ''
  const scripts = [...page.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map(([, name = '']) => name)
  expect(scripts).toContainEqual(expect.stringMatching(/^assets\/first-/))
  const bytes = [...scripts, WORKER].map((name) => gzipSync(files.get(name) ?? '').length)
  expect(bytes).not.toContain(gzipSync('').length)
  expect(bytes.reduce((sum, some) => sum + some)).toBeLessThan(FIRST_VIEW_MAX_BYTES)
})

function holders(text: string): string[] {
  return [...files].filter(([, content]) => content.includes(text)).map(([name]) => name)
}
