import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { minifySync, type Plugin } from 'vite'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const WEB = join(ROOT, 'apps/web')
const FILE_VARIABLE = 'WEIGHTS_FILE'

/** Bytes by module: one of our files, or a whole package. */
export type Weights = Record<string, number>

/** Builds the web for production; returns the gzipped size of each module, by the file of the build that contains it. */
export async function buildWeighed(
  outDir: string,
  env: NodeJS.ProcessEnv,
): Promise<Record<string, Weights>> {
  // Outside the build's folder, because every file in there is served.
  const folder = await mkdtemp(join(tmpdir(), 'conclave-weights-'))
  const file = join(folder, 'weights.json')
  try {
    await promisify(execFile)(
      join(WEB, 'node_modules/.bin/vite'),
      ['build', '--outDir', outDir, '--config', 'server/weighed.config.ts'],
      // Vitest's own NODE_ENV would make it a build for developing.
      { cwd: WEB, env: { ...env, NODE_ENV: 'production', [FILE_VARIABLE]: file } },
    )
    return JSON.parse(await readFile(file, 'utf8')) as Record<string, Weights>
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Writes the weights of a build to the file that the environment names. */
export function weighed(): Plugin {
  return {
    name: 'conclave:weights',
    async generateBundle(_, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk')
      const weights = chunks.map(({ fileName, modules }) => {
        const own: Weights = {}
        for (const [id, { code }] of Object.entries(modules)) {
          const name = nameOf(id)
          own[name] = (own[name] ?? 0) + weigh(code ?? '')
        }
        return [fileName, own] as const
      })
      await writeFile(process.env[FILE_VARIABLE] ?? '', JSON.stringify(Object.fromEntries(weights)))
    },
  }
}

/** The scripts that the page names; the first view needs all of them. */
export function scriptsOf(page: string): string[] {
  return [...page.matchAll(/(?:src|href)="\/([^"]+\.js)"/g)].map(([, name = '']) => name)
}

/** The modules that have grown, largest growth first: `+2,310 react-dom`. */
export function growth(now: Weights, before: Weights): string[] {
  return Object.entries(now)
    .map(([name, bytes]) => ({ name, by: bytes - (before[name] ?? 0), isNew: !(name in before) }))
    .filter(({ by }) => by > 0)
    .toSorted((one, other) => other.by - one.by)
    .map(({ name, by, isNew }) => `+${by.toLocaleString('en')} ${name}${isNew ? ' (new)' : ''}`)
}

/** A module compresses worse alone than with others, so the sum is larger than the file that contains them. */
function weigh(code: string): number {
  return code.trim() === '' ? 0 : gzipSync(minifySync('module.js', code).code).length
}

function nameOf(id: string): string {
  const [path = ''] = id.replace('\0', '').split('?')
  const inPackage = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]
  return inPackage ?? (path.startsWith(ROOT) ? relative(ROOT, path) : path)
}
