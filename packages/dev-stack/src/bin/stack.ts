import { parseArgs } from 'node:util'
import { buildIfMissing } from '../build.ts'
import { startStack } from '../stack.ts'
import { runCommand } from './run-command.ts'
import { stackFacts } from './stack-facts.ts'

/** `pnpm stack`: the production build on free ports with throw-away data, until SIGTERM. */
await runCommand(
  async (signal) => {
    const values = chosen()
    await buildIfMissing({ signal, onProgress })
    return startStack({
      web: 'built',
      ports: 'free',
      ...(values.data ? { dataDir: values.data } : {}),
      seed: !values.empty,
      tenantOnAnotherSite: values['tenant-on-another-site'],
      signal,
      onProgress,
    })
  },
  (stack) =>
    process.stdout.write(`${JSON.stringify(stackFacts(stack), null, chosen().json ? 0 : 2)}\n`),
)

function chosen() {
  return parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      data: { type: 'string' },
      empty: { type: 'boolean', default: false },
      'tenant-on-another-site': { type: 'boolean', default: false },
    },
  }).values
}

function onProgress(what: string): void {
  process.stderr.write(`  ${what}…\n`)
}
