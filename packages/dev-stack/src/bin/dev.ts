import { DEV_PORTS } from '../stack-ports.ts'
import { startStack, type Stack } from '../stack.ts'
import { DATA_DIR } from './data.ts'
import { environment } from './environment.ts'
import { runCommand } from './run-command.ts'

/** `pnpm dev`: everything on its usual port, with Vite, kept data and a seeded world. */
const verbose = process.argv.includes('--verbose')
const began = performance.now()

await runCommand(
  async (signal) =>
    startStack({
      signal,
      web: 'develop',
      ports: DEV_PORTS,
      dataDir: DATA_DIR,
      seed: true,
      env: environment(),
      onProgress: (what) => process.stdout.write(`  ${what}…\n`),
      onLog: (name, line) => {
        if (verbose || /"level":"(error|fatal)"/.test(line))
          process.stderr.write(`[${name}] ${line}\n`)
      },
    }),
  show,
)

function show(stack: Stack): void {
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  process.stdout.write(`
  Conclave is ready (${seconds} s):  ${stack.web}

${signIns(stack)}
  Messages as the vendor sees them   ${brokerPage(stack)}
  The api's documentation            ${stack.api}/docs

  Ctrl-C stops everything. \`pnpm reset\` starts over.
`)
}

function signIns({ people }: Stack): string {
  if (people.length === 0) return '  Sign in with your Auth0 tenant.\n'
  const rows = people.map(
    ({ name, email, password }) => `    ${name.padEnd(14)} ${email.padEnd(22)} ${password}`,
  )
  return `  Sign in with one click, or as\n${rows.join('\n')}\n`
}

function brokerPage({ pusher }: Stack): string {
  return pusher.host === 'localhost' ? `http://localhost:${pusher.port}` : 'your Pusher dashboard'
}
