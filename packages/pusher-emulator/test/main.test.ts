import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'

const MAIN = new URL('../src/main.ts', import.meta.url).pathname

function startMain(env: Record<string, string>): ChildProcess {
  const child = spawn(process.execPath, [MAIN], { env: { PATH: '', ...env }, stdio: 'pipe' })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

async function firstLine(child: ChildProcess): Promise<Record<string, unknown>> {
  const [chunk] = (await once(child.stdout!, 'data')) as [Buffer]
  return JSON.parse(chunk.toString()) as Record<string, unknown>
}

test('the child process says where it listens and ends on SIGTERM', async () => {
  const child = startMain({ PUSHER_EMULATOR_OPTIONS: '{"port":0,"key":"my-key"}' })
  const exit = once(child, 'exit')
  const line = await firstLine(child)
  expect(line).toMatchObject({
    host: 'localhost',
    key: 'my-key',
    url: `http://localhost:${String(line.port)}`,
  })
  child.kill('SIGTERM')
  expect(await exit).toEqual([0, null])
})

test('the child process ends with its parent', async () => {
  const child = startMain({ PUSHER_EMULATOR_PARENT: '1' })
  const exit = once(child, 'exit')
  await firstLine(child)
  child.stdin!.end()
  expect(await exit).toEqual([0, null])
})

test.each(['NODE_ENV', 'CONCLAVE_ENV'])(
  'it refuses to start when %s is production',
  async (name) => {
    const child = startMain({ [name]: 'production' })
    const [code] = (await once(child, 'exit')) as [number]
    expect(code).not.toBe(0)
  },
)
