import { type Browser, chromium, type LaunchOptions } from 'playwright-core'
import { bundledChromium } from './bundled-chromium.ts'
import { installedChromium } from './installed-chromium.ts'

export interface ChromiumLaunchOptions extends LaunchOptions {
  executablePath: string
  args: string[]
}

const QUIET_ARGS = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Options for Playwright's `chromium.launch` on this machine, for a bundled or an installed browser. */
export async function chromiumLaunchOptions(): Promise<ChromiumLaunchOptions> {
  const { executablePath, env } = await findChromium()
  const args = isRoot() ? ['--no-sandbox', ...QUIET_ARGS] : QUIET_ARGS
  return env ? { executablePath, args, env } : { executablePath, args }
}

export async function launchBrowser(options: LaunchOptions = {}): Promise<Browser> {
  return await chromium.launch({ ...(await chromiumLaunchOptions()), ...options })
}

async function findChromium(): Promise<{ executablePath: string; env?: Record<string, string> }> {
  const installed = installedChromium()
  if (installed) return { executablePath: installed }

  const bundled = await bundledChromium()
  if (bundled) return bundled

  return { executablePath: playwrightChromium() }
}

function playwrightChromium(): string {
  const executablePath = chromium.executablePath()
  if (executablePath) return executablePath
  throw new Error(
    'No Chromium found. Install Chrome or Chromium, name one in CHROMIUM_PATH, or run: playwright install chromium',
  )
}

/** Chromium refuses to use its own sandbox as root, which containers usually are. */
function isRoot(): boolean {
  return process.getuid?.() === 0
}
