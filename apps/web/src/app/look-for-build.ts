import type { ServedBuild } from '../server/served-build.ts'
import type { ReloadedFor } from './reloaded-for.ts'

const TICK_MS = 5_000
const LOOK_FIRST_MS = 15_000
const LOOK_MAX_MS = 300_000

/**
 * Asks the web's server which build it has: at once, then less and less often, with jitter. If it has another build and
 * the page is quiet, reloads: once for each build, because a server that keeps sending the old page, or two servers
 * that differ, would otherwise cause endless reloads. Returns `look`, to check without waiting for the next tick.
 */
export function lookForBuild(options: {
  served: () => Promise<ServedBuild>
  found: (hasAnother: boolean) => void
  isQuiet: () => boolean
  reloaded: ReloadedFor
  reload: () => void
  signal: AbortSignal
}): () => void {
  const { served, found, isQuiet, reloaded, reload, signal } = options
  let build: string | undefined
  let isAsking = false
  let wait = LOOK_FIRST_MS
  let due = 0

  async function ask(): Promise<void> {
    isAsking = true
    const now = await served()
    isAsking = false
    if (signal.aborted) return
    build = now.is === 'another' ? now.build : undefined
    due = performance.now() + wait * (0.75 + Math.random() / 4)
    wait = Math.min(wait * 2, LOOK_MAX_MS)
    if (now.is !== 'away') found(now.is === 'another')
    if (build !== undefined && isQuiet() && reloaded.add(build)) reload()
  }

  function look(): void {
    if (isAsking) return
    // Checked again right before reloading: reloading a page whose server cannot be reached would lose it.
    const isWanted = build !== undefined && !reloaded.has(build) && isQuiet()
    if (isWanted || performance.now() >= due) void ask()
  }

  const timer = setInterval(look, TICK_MS)
  signal.addEventListener('abort', () => clearInterval(timer))
  look()
  return look
}
