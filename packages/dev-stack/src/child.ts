import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { SENTENCE } from './child-side.ts'
import { CHILD_BOUNDS } from './child-bounds.ts'
import { StackError, StartError } from './stack-error.ts'

/** A process of the stack that is ready. */
export interface Child {
  readonly pid: number
  /** The contents of its ready line. */
  readonly facts: Record<string, unknown>
  /** Stops it gracefully; kills it after `CHILD_BOUNDS.stopMs`. */
  stop(): Promise<void>
  /** Kills it, as a crash would. */
  kill(): Promise<void>
}

export interface ChildOptions {
  name: string
  entry: string
  nodeFlags?: string[]
  args?: string[]
  cwd?: string
  env: Record<string, string>
  /** Recognises the ready line among the JSON lines of stdout; by default it is the first. */
  isReady?: (line: Record<string, unknown>) => boolean
  onLine?: (line: string) => void
}

/** Starts a Node process and waits for its ready line. */
export async function startChild(options: ChildOptions): Promise<Child> {
  const process_ = spawn(
    process.execPath,
    [...(options.nodeFlags ?? []), options.entry, ...(options.args ?? [])],
    {
      ...(options.cwd ? { cwd: options.cwd } : {}),
      // Only the given environment: a DATABASE_URL in the person's shell must not reach it.
      env: { ...inherited(), ...options.env },
      // Its stdin closes when this process ends, even when it is killed; then the child exits.
      stdio: ['pipe', 'pipe', 'pipe'],
      // A process group of its own, so that Ctrl-C reaches only this process, which stops everything in order.
      detached: true,
    },
  )
  process_.stdin.on('error', () => undefined)
  const ended = new Promise<void>((resolve) => process_.once('close', () => resolve()))
  const facts = await readyLine(process_, options)
  return {
    pid: process_.pid ?? 0,
    facts,
    stop: () => end(process_, 'SIGTERM', ended),
    kill: () => end(process_, 'SIGKILL', ended),
  }
}

function inherited(): Record<string, string> {
  const names = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'SystemRoot', 'NODE_OPTIONS']
  return Object.fromEntries(names.flatMap((name) => pairOf(name, process.env[name])))
}

function pairOf(name: string, value: string | undefined): [string, string][] {
  return value === undefined ? [] : [[name, value]]
}

async function readyLine(
  child: ChildProcess & { stdout: NodeJS.ReadableStream; stderr: NodeJS.ReadableStream },
  { name, isReady = () => true, onLine }: ChildOptions,
): Promise<Record<string, unknown>> {
  const last: string[] = []
  function keepLine(line: string): void {
    last.push(line)
    if (last.length > 20) last.shift()
    onLine?.(line)
  }
  createInterface({ input: child.stderr }).on('line', keepLine)
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      reject(
        new StartError(
          `${name} was not ready within ${CHILD_BOUNDS.readyMs / 1000} s.\n${last.join('\n')}`,
        ),
      )
    }, CHILD_BOUNDS.readyMs)
    let isUp = false
    createInterface({ input: child.stdout }).on('line', (line) => {
      // A busy process writes a line per request; they are not parsed once it is ready.
      const facts = isUp ? undefined : jsonObject(line)
      if (facts && isReady(facts)) {
        isUp = true
        clearTimeout(timer)
        resolve(facts)
      }
      keepLine(line)
    })
    child.once('error', (error) => {
      clearTimeout(timer)
      reject(new StartError(`${name} could not be started: ${error.message}`))
    })
    // Not `exit`: its last output may still arrive.
    child.once('close', (code) => {
      clearTimeout(timer)
      const sentence = last.find((line) => line.startsWith(SENTENCE))
      reject(
        sentence
          ? new StackError(sentence.slice(SENTENCE.length))
          : new StartError(`${name} ended (${code}) before it was ready.\n${last.join('\n')}`),
      )
    })
  })
}

function jsonObject(line: string): Record<string, unknown> | undefined {
  if (!line.startsWith('{')) return undefined
  try {
    return JSON.parse(line) as Record<string, unknown>
  } catch {
    return undefined
  }
}

async function end(
  child: ChildProcess,
  signal: 'SIGTERM' | 'SIGKILL',
  ended: Promise<void>,
): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill(signal)
  const timer = setTimeout(() => child.kill('SIGKILL'), CHILD_BOUNDS.stopMs)
  await ended
  clearTimeout(timer)
}
