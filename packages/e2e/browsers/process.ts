import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'

const READY_MS = 30_000

/** A program that is ready, and its ready line. */
export interface Program {
  readyLine: string
  stop(): Promise<void>
}

/** Starts a program and waits for the line, on any of its outputs, that says that it is ready. */
export async function startProgram(options: {
  command: string
  args: string[]
  env?: Record<string, string>
  ready: RegExp
}): Promise<Program> {
  const { command, args, env = {}, ready } = options
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    // A browser is many processes; they are ended together.
    detached: true,
  })
  const kill = () => killAll(child)
  // However this process ends, no browser is left running.
  process.once('exit', kill)
  child.once('exit', () => process.off('exit', kill))
  const lines: string[] = []
  const readyLine = await new Promise<string>((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`${command} ${why}.\n${lines.join('\n')}`))
    const timer = setTimeout(() => fail(`printed nothing within ${READY_MS / 1000} s`), READY_MS)
    child.once('error', (error) => fail(error.message))
    child.once('exit', (code) => fail(`ended (${code})`))
    for (const stream of child.stdio.slice(1))
      createInterface({ input: stream as Readable }).on('line', (line) => {
        lines.push(line)
        if (lines.length > 20) lines.shift()
        const found = ready.exec(line)
        if (!found) return
        clearTimeout(timer)
        resolve(found[1] ?? found[0])
      })
  })
  return { readyLine, stop: () => stop(child) }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  killAll(child)
  await ended
}

function killAll({ pid }: ChildProcess): void {
  try {
    if (pid) process.kill(-pid, 'SIGKILL')
  } catch {
    // It has already ended.
  }
}
