import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NotHere, type Browser, type Tab } from './browser.ts'
import { installed } from './installed.ts'
import { startProgram } from './process.ts'

type Command = (method: string, params: object) => Promise<Record<string, unknown>>

/** The installed Firefox, over WebDriver BiDi (w3.org/TR/webdriver-bidi), which needs no driver. */
export async function startFirefox(): Promise<Browser> {
  const command = installed('firefox', 'firefox-esr')
  if (!command) throw new NotHere('no `firefox` or `firefox-esr` on the path')
  const profile = mkdtempSync(join(tmpdir(), 'conclave-firefox-'))
  const program = await startProgram({
    command,
    args: ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port=0'],
    ready: /WebDriver BiDi listening on (ws:\S+)/,
  })
  const { send, hangUp } = await connect(`${program.readyLine}/session`)
  const { capabilities } = await send('session.new', { capabilities: {} })
  return {
    name: 'Firefox',
    version: String((capabilities as Record<string, unknown>)['browserVersion']),
    newTab: async () => {
      const { context } = await send('browsingContext.create', { type: 'tab' })
      return tabOf(send, String(context))
    },
    close: async () => {
      hangUp()
      await program.stop()
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

async function connect(url: string): Promise<{ send: Command; hangUp: () => void }> {
  const socket = new WebSocket(url)
  const waiting = new Map<number, PromiseWithResolvers<Record<string, unknown>>>()
  socket.addEventListener('message', ({ data }) => {
    const answer = JSON.parse(String(data)) as Answer
    const pending = waiting.get(answer.id ?? -1)
    if (!pending) return
    waiting.delete(answer.id ?? -1)
    if (answer.type === 'success') pending.resolve(answer.result ?? {})
    else pending.reject(new Error(`${answer.error}: ${answer.message}`))
  })
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve, { once: true })
    socket.addEventListener('error', reject, { once: true })
  })
  let count = 0
  return {
    send: async (method, params) => {
      count += 1
      const pending = Promise.withResolvers<Record<string, unknown>>()
      waiting.set(count, pending)
      socket.send(JSON.stringify({ id: count, method, params }))
      return pending.promise
    },
    hangUp: () => socket.close(),
  }
}

interface Answer {
  id?: number
  type: string
  result?: Record<string, unknown>
  error?: string
  message?: string
}

function tabOf(send: Command, context: string): Tab {
  const traverse = async (delta: number) => {
    await send('browsingContext.traverseHistory', { context, delta })
  }
  return {
    open: async (url) => {
      await send('browsingContext.navigate', { context, url, wait: 'complete' })
    },
    reload: async () => {
      await send('browsingContext.reload', { context, wait: 'complete' })
    },
    back: () => traverse(-1),
    forward: () => traverse(1),
    evaluate: async (work, ...args) => {
      const answer = await send('script.callFunction', {
        functionDeclaration: `async (args) => JSON.stringify({ value: await (${String(work)})(...JSON.parse(args)) })`,
        arguments: [{ type: 'string', value: JSON.stringify(args) }],
        awaitPromise: true,
        target: { context },
      })
      const { type, result, exceptionDetails } = answer as unknown as Evaluated
      if (type !== 'success') throw new Error(exceptionDetails?.text ?? 'The page threw')
      return (JSON.parse(result?.value ?? '{}') as { value: never }).value
    },
    act: async (actions) => {
      await send('browsingContext.activate', { context })
      await send('input.performActions', { context, actions })
    },
    picture: async () => {
      const { data } = await send('browsingContext.captureScreenshot', { context })
      return Buffer.from(String(data), 'base64')
    },
  }
}

interface Evaluated {
  type: string
  result?: { value: string }
  exceptionDetails?: { text: string }
}
