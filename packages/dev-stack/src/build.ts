import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { isBuilt } from './apps.ts'
import { ROOT } from './root.ts'
import { StackError } from './stack-error.ts'

/** Makes the production build if there is none; its output is shown only if it fails. */
export async function buildIfMissing(options: {
  signal: AbortSignal
  onProgress: (what: string) => void
}): Promise<void> {
  if (isBuilt({ web: true, api: true })) return
  options.onProgress('Building, for the first time')
  const turbo = createRequire(join(ROOT, 'package.json')).resolve('turbo/bin/turbo')
  const child = spawn(process.execPath, [turbo, 'run', 'build', '--output-logs=errors-only'], {
    cwd: ROOT,
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal: options.signal,
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (code !== 0)
    throw new StackError(`The build failed: \`pnpm build\` shows it alone.\n${output.trim()}`)
}
