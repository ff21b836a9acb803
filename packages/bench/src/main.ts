import { readOptions } from './options.ts'
import { publish } from './report/markdown.ts'
import { print } from './report/print.ts'
import { writeResult } from './report/result.ts'
import { runBench } from './run-measures.ts'
import { runScale } from './scale/run-scale.ts'
import { readScaleOptions } from './scale/scale-options.ts'
import { publishScale, scaleMarkdown } from './scale/scale-report.ts'

const args = process.argv.slice(2)
const startedAt = performance.now()
process.exit(args.includes('--scale') ? await benchScale() : await benchMessages())

/** `pnpm bench`: how fast messages are, compared with peers that run on the same machine at the same time. */
async function benchMessages(): Promise<number> {
  const options = readOptions(args)
  // Every Node process that is started writes its own profile.
  if (options.profile) process.env['NODE_OPTIONS'] = `--cpu-prof --cpu-prof-dir=${options.profile}`
  const result = await runBench(options, progress)
  process.stdout.write(`\n${print(result)}\n`)
  const isWhole = options.publish && options.mode !== 'revocation'
  process.stdout.write(`${writeResult(result, isWhole ? 'published' : options.mode)}\n`)
  if (options.publish) publish(result)
  return result.faults.length > 0 ? 1 : 0
}

/** `pnpm bench --scale`: what a client of a team of ten thousand costs, compared with one of a team of ten. */
async function benchScale(): Promise<number> {
  const options = readScaleOptions(args)
  const result = await runScale(options, progress)
  process.stdout.write(`\n${scaleMarkdown(result)}\n`)
  process.stdout.write(`${writeResult(result, 'scale')}\n`)
  if (options.publish) publishScale(result)
  return result.failures.length > 0 ? 1 : 0
}

function progress(what: string): void {
  const seconds = ((performance.now() - startedAt) / 1_000).toFixed(0)
  process.stderr.write(`${seconds.padStart(4)} s  ${what}\n`)
}
