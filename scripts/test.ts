import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'

/**
 * `pnpm test`: everything that CI runs, ending in `N passed, N failed`. With words after it (`pnpm test messages`),
 * only the unit and api tests whose files match; with `--changed`, only those that import, directly or indirectly, a
 * file changed since the last commit (`--changed=main`: since it left that branch). Unit and api tests run in another
 * order each time; with `TEST_SEED=7` both they and the files of the browser tests run in that order.
 */
const RESULTS = '.cache/test'
const words = process.argv.slice(2)
const isPart = words.length > 0
const totals = { passed: 0, failed: 0 }

rmSync(RESULTS, { recursive: true, force: true })
mkdirSync(RESULTS, { recursive: true })

if (!isPart) {
  for (const check of ['format:check', 'lint', 'typecheck', 'unused', 'build'])
    count(await run('turbo', ['run', check, '--output-logs=errors-only']))
}
await vitest()
if (!isPart) await playwright()

process.stdout.write(`\n${totals.passed} passed, ${totals.failed} failed\n`)
const isProof = totals.passed > 0 || words.some((word) => word.startsWith('--changed'))
process.exitCode = totals.failed === 0 && isProof ? 0 : 1

async function vitest(): Promise<void> {
  const file = `${RESULTS}/vitest.json`
  const ok = await run('vitest', [
    'run',
    ...words,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ])
  const results = readResults<{ numPassedTests: number; numFailedTests: number }>(file)
  add(ok, results?.numPassedTests ?? 0, results?.numFailedTests ?? 0)
}

async function playwright(): Promise<void> {
  const file = `${RESULTS}/playwright.json`
  const seed = process.env['TEST_SEED']
  const order = seed ? ['--shuffle', seed] : []
  const ok = await run(
    'pnpm',
    ['--filter', '@conclave/e2e', 'exec', 'playwright', 'test', '--reporter=list,json', ...order],
    { PLAYWRIGHT_JSON_OUTPUT_FILE: `${process.cwd()}/${file}` },
  )
  const stats = readResults<{ stats: { expected: number; unexpected: number; flaky: number } }>(
    file,
  )
  add(ok, stats?.stats.expected ?? 0, (stats?.stats.unexpected ?? 0) + (stats?.stats.flaky ?? 0))
}

function count(ok: boolean): void {
  totals[ok ? 'passed' : 'failed'] += 1
}

/** A runner that failed without naming a failed test (a crash, a file that does not load) counts as one failure. */
function add(ok: boolean, passed: number, failed: number): void {
  totals.passed += passed
  totals.failed += ok ? failed : Math.max(1, failed)
}

function readResults<Results>(file: string): Results | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Results
  } catch {
    return undefined
  }
}

async function run(
  command: string,
  args: string[],
  env: Record<string, string> = {},
): Promise<boolean> {
  process.stdout.write(`\n> ${command} ${args.join(' ')}\n`)
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: 'inherit',
      env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', ...env },
    })
    child.on('error', () => resolve(false))
    child.on('close', (code) => resolve(code === 0))
  })
}
