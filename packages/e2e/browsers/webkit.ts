import { freePort } from '@conclave/dev-stack/ports'
import { NotHere, type Browser, type Tab } from './browser.ts'
import { installed, installedMiniBrowser } from './installed.ts'
import { startProgram, type Program } from './process.ts'

type Ask = (method: 'GET' | 'POST' | 'DELETE', path: string, body?: object) => Promise<unknown>

/** The installed WebKitGTK, over WebDriver (w3.org/TR/webdriver2), through its own driver. */
export async function startWebKit(): Promise<Browser> {
  const command = installed('WebKitWebDriver')
  const binary = installedMiniBrowser()
  if (!command || !binary)
    throw new NotHere('no `WebKitWebDriver` or no MiniBrowser (Debian: webkit2gtk-driver)')
  const display = await startDisplay()
  const port = await freePort()
  const driver = await startDriver(command, port, display.name)
  const ask = askerOf(`http://127.0.0.1:${port}`)
  const session = (await ask('POST', '/session', {
    capabilities: {
      alwaysMatch: {
        timeouts: { script: 10_000, pageLoad: 30_000 },
        'webkitgtk:browserOptions': { binary, args: ['--automation'] },
      },
    },
  })) as { sessionId: string; capabilities: { browserVersion: string } }
  const inSession: Ask = async (method, path, body) =>
    ask(method, `/session/${session.sessionId}${path}`, body)
  await inSession('POST', '/window/rect', { width: 1280, height: 800 })
  let opened = 0
  return {
    name: 'WebKit',
    version: session.capabilities.browserVersion,
    newTab: async () => {
      opened += 1
      const handle = opened === 1 ? await inSession('GET', '/window') : await another(inSession)
      return tabOf(inSession, String(handle))
    },
    close: async () => {
      await ask('DELETE', `/session/${session.sessionId}`).catch(() => undefined)
      await driver.stop()
      await display.stop()
    },
  }
}

// A new tab would stay hidden behind the first one and receive no clicks.
async function another(ask: Ask): Promise<string> {
  return ((await ask('POST', '/window/new', { type: 'window' })) as { handle: string }).handle
}

/** The display there is, or a virtual one. */
async function startDisplay(): Promise<{ name: string; stop: () => Promise<void> }> {
  const own = process.env['DISPLAY']
  if (own) return { name: own, stop: async () => undefined }
  const command = installed('Xvfb')
  if (!command) throw new NotHere('no screen for it: neither DISPLAY is set nor is there `Xvfb`')
  const args = ['-displayfd', '3', '-screen', '0', '1280x900x24', '-nolisten', 'tcp']
  const screen = await startProgram({ command, args, ready: /^(\d+)$/ })
  return { name: `:${screen.readyLine}`, stop: () => screen.stop() }
}

/** It prints nothing when it is ready, so it is polled. */
async function startDriver(command: string, port: number, display: string): Promise<Program> {
  const shell = `"$0" --port=${port} & until : 2>/dev/null >/dev/tcp/127.0.0.1/${port}; do sleep 0.1; done; echo ready; wait`
  return startProgram({
    command: 'bash',
    args: ['-c', shell, command],
    env: { DISPLAY: display, GDK_BACKEND: 'x11', LIBGL_ALWAYS_SOFTWARE: '1' },
    ready: /^ready$/,
  })
}

function askerOf(base: string): Ask {
  return async (method, path, body) => {
    const response = await fetch(base + path, {
      method,
      ...(method === 'POST' ? { body: JSON.stringify(body ?? {}) } : {}),
    })
    const { value } = (await response.json()) as { value: unknown }
    if (response.ok) return value
    const { error, message } = value as { error: string; message: string }
    throw new Error(`${method} ${path}: ${error}: ${message}`)
  }
}

function tabOf(ask: Ask, handle: string): Tab {
  // Classic WebDriver works with one window at a time.
  const here: Ask = async (...call) => {
    await ask('POST', '/window', { handle })
    return ask(...call)
  }
  return {
    open: async (url) => void (await here('POST', '/url', { url })),
    reload: async () => void (await here('POST', '/refresh')),
    back: async () => void (await here('POST', '/back')),
    forward: async () => void (await here('POST', '/forward')),
    evaluate: async (work, ...args) => {
      const script = `const done = arguments[1]; const answer = (value) => done(JSON.stringify(value));
        Promise.resolve().then(() => (${String(work)})(...JSON.parse(arguments[0])))
          .then((value) => answer({ value }), (error) => answer({ error: String(error) }))`
      const text = await here('POST', '/execute/async', { script, args: [JSON.stringify(args)] })
      const { value, error } = JSON.parse(String(text)) as { value: never; error?: string }
      if (error !== undefined) throw new Error(error)
      return value
    },
    act: async (actions) => {
      await here('POST', '/actions', { actions })
      // Otherwise repeating the same turn of the wheel is no change for the driver, and nothing happens.
      await ask('DELETE', '/actions')
    },
    picture: async () => Buffer.from(String(await here('GET', '/screenshot')), 'base64'),
  }
}
