import { spawn } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'

/**
 * `pnpm test`: everything that CI runs, ending in `N passed, N failed`. With words after it (`pnpm test messages`),
 * only the unit and api tests whose files match; with `--changed`, only those that import, directly or indirectly, a
 * file changed since the last commit (`--changed=main`: since it left that branch). Unit and api tests run in another
 * order each time; with `TEST_SEED=7` both they and the files of the browser tests run in that order.
 */
const RESULTS = '.cache/test'
const CHECKS = ['format:check', 'lint', 'typecheck', 'unused']
const FAILURE_LINES = 20
const words = process.argv.slice(2)
const isPart = words.length > 0
const totals = { passed: 0, failed: 0 }
const failures: string[] = []

type VitestResults = {
  numPassedTests: number
  numFailedTests: number
  testResults: {
    name: string
    message: string
    assertionResults: { status: string; fullName: string; failureMessages: string[] }[]
  }[]
}
type PlaywrightResults = {
  stats: { expected: number; unexpected: number; flaky: number }
  suites: PlaywrightSuite[]
  errors: { message: string }[]
}
type PlaywrightSuite = {
  specs: {
    ok: boolean
    title: string
    file: string
    line: number
    tests: { results: { errors: { message: string }[] }[] }[]
  }[]
  suites?: PlaywrightSuite[]
}

rmSync(RESULTS, { recursive: true, force: true })
mkdirSync(RESULTS, { recursive: true })

if (!isPart) await turbo('build')
await vitest()
// Browser tests wait for a quarter of their time, which is enough for the checks; `pnpm check` alone is the quick answer.
if (!isPart) await Promise.all([playwright(), ...CHECKS.map(turbo)])

// Said again here, because thousands of lines stand between a test that failed and the end.
for (const failure of failures) process.stdout.write(`\nfailed: ${failure}\n`)
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
  const results = readResults<VitestResults>(file)
  for (const { name, message, assertionResults } of results?.testResults ?? []) {
    if (message) note(name, [message])
    for (const { status, fullName, failureMessages } of assertionResults)
      if (status === 'failed') note(`${name}: ${fullName}`, failureMessages)
  }
  add(ok, results?.numPassedTests ?? 0, results?.numFailedTests ?? 0)
}

async function playwright(): Promise<void> {
  const file = `${RESULTS}/playwright.json`
  const seed = process.env['TEST_SEED']
  const order = seed ? ['--shuffle', seed] : []
  const ok = await run(
    'pnpm',
    ['--filter', '@conclave/e2e', 'exec', 'playwright', 'test', '--reporter=list,json', ...order],
    { env: { PLAYWRIGHT_JSON_OUTPUT_FILE: `${process.cwd()}/${file}` } },
  )
  const results = readResults<PlaywrightResults>(file)
  for (const suite of results?.suites ?? []) notePlaywright(suite)
  for (const { message } of results?.errors ?? []) note('playwright', [message])
  const { expected, unexpected, flaky } = results?.stats ?? { expected: 0, unexpected: 0, flaky: 0 }
  add(ok, expected, unexpected + flaky)
}

function notePlaywright({ specs, suites = [] }: PlaywrightSuite): void {
  for (const { ok, file, line, title, tests } of specs) {
    const errors = tests.flatMap(({ results }) => results).flatMap((result) => result.errors)
    const messages = errors.map(({ message }) => message)
    if (!ok) note(`${file}:${line}: ${title}`, messages)
  }
  for (const suite of suites) notePlaywright(suite)
}

function note(title: string, messages: string[]): void {
  const lines = messages.join('\n').split('\n')
  const ours = lines.filter((line) => !line.includes('node_modules'))
  const failure = [title, ...ours.slice(0, FAILURE_LINES)].join('\n  ')
  failures.push(failure.replaceAll(`${process.cwd()}/`, ''))
}

async function turbo(task: string): Promise<void> {
  const ok = await run('turbo', ['run', task, '--output-logs=errors-only'], { isWhole: true })
  totals[ok ? 'passed' : 'failed'] += 1
  if (!ok) note(`turbo run ${task}`, [])
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

/** `isWhole` prints what it says only at its end, so that commands that run at the same time do not mix their lines. */
async function run(
  command: string,
  args: string[],
  { env = {}, isWhole = false }: { env?: Record<string, string>; isWhole?: boolean } = {},
): Promise<boolean> {
  const title = `\n> ${command} ${args.join(' ')}\n`
  if (!isWhole) process.stdout.write(title)
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: isWhole ? ['inherit', 'pipe', 'pipe'] : 'inherit',
      env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', ...env },
    })
    const said = [title]
    for (const output of [child.stdout, child.stderr])
      output?.setEncoding('utf8').on('data', (text: string) => said.push(text))
    if (isWhole) child.on('close', () => process.stdout.write(said.join('')))
    child.on('error', () => resolve(false))
    child.on('close', (code) => resolve(code === 0))
  })
}
