import { parseArgs } from 'node:util'
import { table } from './report.ts'
import { runChaos } from './run-chaos.ts'

/** `pnpm chaos`: kills Conclave while people talk, and checks that nothing was lost. */
const QUICK = {
  kills: 12,
  seconds: 45,
  outageSeconds: 0,
  diskFull: false,
  lifeMs: 300,
  awayMs: 300,
}
const LONG = {
  kills: 200,
  seconds: 1_200,
  outageSeconds: 60,
  diskFull: true,
  lifeMs: 2_500,
  awayMs: 1_500,
}

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    kills: { type: 'string' },
    seconds: { type: 'string' },
    seed: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
})
const form = values.quick ? QUICK : LONG
const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000))
const stopping = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => stopping.abort(new Error(`stopped by ${signal}`)))

// With --json the report is all that stdout carries.
const said = values.json ? process.stderr : process.stdout

said.write(`chaos: seed ${seed}\n`)
const failures = await run()
said.write(failures.length === 0 ? 'chaos: ok\n' : `chaos: FAILED: ${failures.join('; ')}\n`)
// A signal handler would keep an otherwise finished process alive.
process.exit(failures.length === 0 ? 0 : 1)

async function run(): Promise<string[]> {
  try {
    const report = await runChaos({
      ...form,
      kills: Number(values.kills ?? form.kills),
      seconds: Number(values.seconds ?? form.seconds),
      seed,
      signal: stopping.signal,
      onProgress: (what) => said.write(`  ${what}…\n`),
    })
    said.write(`${table(report)}\n`)
    if (values.json) process.stdout.write(`${JSON.stringify(report)}\n`)
    for (const line of report.standstill) said.write(`  then: ${line}\n`)
    for (const line of report.apiErrors.slice(-10)) said.write(`  api: ${line}\n`)
    return report.failures
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}
