import { parseArgs } from 'node:util'
import { table } from './report.ts'
import { runChaos } from './run.ts'

/** `pnpm chaos`: kills Conclave while people talk, and checks that nothing was lost. */
const QUICK = { kills: 20, seconds: 36, broker: false, lifeMs: 400 }
const LONG = { kills: 200, seconds: 900, broker: true, lifeMs: 3_000 }

const { values } = parseArgs({
  allowNegative: true,
  options: {
    quick: { type: 'boolean', default: false },
    kills: { type: 'string' },
    seconds: { type: 'string' },
    seed: { type: 'string' },
    broker: { type: 'boolean' },
  },
})
const form = values.quick ? QUICK : LONG
const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000))
const stopping = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.on(signal, () => stopping.abort(new Error(`stopped by ${signal}`)))

process.stdout.write(`chaos: seed ${seed}\n`)
const failures = await run()
process.stdout.write(
  failures.length === 0 ? 'chaos: ok\n' : `chaos: FAILED: ${failures.join('; ')}\n`,
)
// A signal handler would keep an otherwise finished process alive.
process.exit(failures.length === 0 ? 0 : 1)

async function run(): Promise<string[]> {
  try {
    const report = await runChaos({
      kills: Number(values.kills ?? form.kills),
      seconds: Number(values.seconds ?? form.seconds),
      broker: values.broker ?? form.broker,
      lifeMs: form.lifeMs,
      seed,
      signal: stopping.signal,
      onProgress: (what) => process.stdout.write(`  ${what}…\n`),
    })
    process.stdout.write(`${table(report)}\n`)
    if (report.failures.length > 0)
      process.stdout.write(
        report.apiErrors
          .slice(-10)
          .map((line) => `  api: ${line}\n`)
          .join(''),
      )
    return report.failures
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}
