import { buildIfMissing } from '../build.ts'
import { StackError } from '../stack-error.ts'
import { DEV_PORTS } from '../stack-ports.ts'
import { startStack } from '../stack.ts'
import { DATA_DIR } from './data.ts'
import { environment } from './environment.ts'
import { runCommand } from './run-command.ts'

/** `pnpm start`: production on one machine: the production build with your Auth0 tenant and Channels app. */
const NEEDED = [
  'AUTH0_DOMAIN',
  'AUTH0_AUDIENCE',
  'AUTH0_CLIENT_ID',
  'PUSHER_APP_ID',
  'PUSHER_KEY',
  'PUSHER_SECRET',
  'PUSHER_MASTER_KEY',
]

await runCommand(
  async (signal) => {
    const env = environment()
    const missing = NEEDED.filter((name) => !env[name])
    if (missing.length > 0)
      throw new StackError(
        `These are not set: ${missing.join(', ')}. docs/self-hosting.md says where to find them; \`pnpm dev\` needs none.`,
      )
    await buildIfMissing({ signal, onProgress })
    return startStack({
      signal,
      web: 'built',
      ports: {
        ...DEV_PORTS,
        web: Number(env['WEB_PORT'] ?? DEV_PORTS.web),
        api: Number(env['API_PORT'] ?? DEV_PORTS.api),
      } as typeof DEV_PORTS,
      dataDir: DATA_DIR,
      seed: false,
      env,
      onProgress,
      onLog: (name, line) => process.stdout.write(name === 'api' ? `${line}\n` : ''),
    })
  },
  (stack) => process.stdout.write(`  Conclave is ready: ${stack.web}\n`),
)

function onProgress(what: string): void {
  process.stdout.write(`  ${what}…\n`)
}
