import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const ENTRY = fileURLToPath(new URL('../src/bin/stack.ts', import.meta.url))

interface StackLine {
  web: string
  api: string
  auth0: string
  audience: string
  clientId: string
  pusher: {
    host: string
    port: number
    appId: string
    key: string
    secret: string
    masterKey: string
  }
  database: string
  people: { name: string; email: string; password: string }[]
  apiPid: number
}

it('prints one line when everything answers, and leaves nothing running on SIGTERM', async () => {
  const { child, line, stdout } = await startedStack()
  expect(Object.keys(line)).toEqual([
    'web',
    'api',
    'auth0',
    'audience',
    'clientId',
    'pusher',
    'database',
    'people',
    'apiPid',
  ])
  expect(line.people.map(({ name }) => name.split(' ')[0])).toEqual([
    'Alice',
    'Bob',
    'Carol',
    'Mallory',
  ])
  expect((await fetch(line.web)).headers.get('content-security-policy')).toContain(
    "require-trusted-types-for 'script'",
  )
  expect((await fetch(`${line.api}/readyz`)).status).toBe(200)
  expect((await fetch(`${line.auth0}/.well-known/jwks.json`)).status).toBe(200)
  expect(await listening(line)).toEqual([true, true, true, true, true])

  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  expect(await ended).toEqual([0, null])
  expect(stdout.filter((text) => text.trim() !== '')).toHaveLength(1)
  expect(await listening(line)).toEqual([false, false, false, false, false])
  expect(() => process.kill(line.apiPid, 0)).toThrow('ESRCH')
})

it('leaves nothing running even when it is killed', async () => {
  const { child, line } = await startedStack()
  const ended = once(child, 'exit')
  child.kill('SIGKILL')
  await ended
  await expect
    .poll(() => listening(line), { interval: 100 })
    .toEqual([false, false, false, false, false])
})

it('stopped while it starts, it prints nothing and leaves nothing running', async () => {
  // A folder of its own, because other tests start stacks at the same time.
  const place = mkdtempSync(join(tmpdir(), 'stopped-'))
  const { child, stderr } = spawnStack(['--json'], { TMPDIR: place })
  await once(createInterface({ input: child.stderr! }), 'line')
  child.kill('SIGINT')
  expect(await once(child, 'exit')).toEqual([130, null])
  expect(stderr.join('')).not.toMatch(/ {4}at |rror/)
  expect(readdirSync(place).filter((name) => name.startsWith('conclave-'))).toEqual([])
  rmSync(place, { recursive: true })
})

it('an unknown option is reported in one sentence', async () => {
  const { child, stderr } = spawnStack(['--jason'])
  expect(await once(child, 'close')).toEqual([1, null])
  expect(stderr.join('')).toMatch(/'--jason'/)
  expect(stderr.join('')).not.toContain('    at ')
})

function spawnStack(
  args: string[],
  env: Record<string, string> = {},
): { child: ChildProcess; stderr: string[] } {
  const child = spawn(process.execPath, [ENTRY, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...env },
  })
  const stderr: string[] = []
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk.toString()))
  return { child, stderr }
}

async function startedStack(): Promise<{ child: ChildProcess; line: StackLine; stdout: string[] }> {
  const child = spawn(process.execPath, [ENTRY, '--json', '--empty'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const stdout: string[] = []
  const lines = createInterface({ input: child.stdout })
  lines.on('line', (text) => stdout.push(text))
  const [first] = (await once(lines, 'line')) as [string]
  return { child, stdout, line: JSON.parse(first) as StackLine }
}

/** Whether web, api, Auth0, Pusher and Postgres take a connection. */
async function listening(line: StackLine): Promise<boolean[]> {
  const ports = [line.web, line.api, line.auth0, line.database].map((url) =>
    Number(new URL(url).port),
  )
  ports.splice(3, 0, line.pusher.port)
  return Promise.all(ports.map(takesConnection))
}

async function takesConnection(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: 'localhost' })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
