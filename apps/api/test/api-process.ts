import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'

const MAIN = join(import.meta.dirname, '../src/main.ts')

/** The api as a process of its own, started as in production. */
export function startProcess(env: Record<string, string>) {
  const child = spawn('node', [MAIN], { env: { PATH: pathOfNode(), ...env }, stdio: 'pipe' })
  const lines: Record<string, unknown>[] = []
  const stderr = text(child.stderr)
  const exited = once(child, 'exit') as Promise<[number | null, NodeJS.Signals | null]>
  const listening = new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      const entry = JSON.parse(line) as Record<string, unknown>
      lines.push(entry)
      if (entry['msg'] === 'listening') resolve(String(entry['url']))
    })
    child.once('exit', (code) => reject(new Error(`The api ended with ${code}`)))
  })
  // Tests that only wait for the exit do not await this.
  listening.catch(() => undefined)
  return {
    child,
    lines,
    stderr,
    exited,
    listening,
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGKILL')
      await exited
    },
  }
}

function pathOfNode(): string {
  return join(process.execPath, '..')
}
