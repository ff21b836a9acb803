import { startStack, type Stack } from '@conclave/dev-stack/stack'
import { brokerOf } from './broker.ts'
import { fillDisk } from './disk-full.ts'
import { FRAME_CHANCES, killAtRandom, noteFrames } from './kills.ts'
import { outlastOutage } from './outage.ts'
import { emptyReport, type ChaosReport } from './report.ts'
import { openLookout } from './standstill.ts'
import { openTalk } from './talk.ts'
import { tally } from './tally.ts'

export { killsOf, type ChaosReport } from './report.ts'

/** Beyond the killing itself: the starts, the last repairs and the comparison. */
const MARGIN_SECONDS = 120
/** About as many messages in a long run as in a short one, because the cost of an event grows with the page. */
const MESSAGES_PER_RUN = 6_000
const POSTERS = 3
const LONG_EVERY = 40
const PAUSE_LEAST_MS = 30
const OUTAGE_PAUSE_MS = 100
const OUTAGE_BEFORE_MS = 20_000
/** How many log lines of the parts are kept, without the lines for single requests. */
const LINES_KEPT = 200

export interface ChaosOptions {
  kills: number
  /** No kill begins later than this. */
  seconds: number
  seed: number
  /** How long the broker is down before the killing begins; 0 leaves that out. */
  outageSeconds: number
  /** Fills a disk, where that is possible. */
  diskFull: boolean
  /** The longest time between two kills, and the longest that a killed part stays down. */
  lifeMs: number
  awayMs: number
  signal?: AbortSignal
  onProgress?: (what: string) => void
}

/** Starts a separate Conclave, kills parts of it while people post, and compares what everybody has. */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const { onProgress = () => undefined } = options
  const startedAt = performance.now()
  const report = emptyReport(options.seed, options.kills)
  const lastLines: string[] = []
  const seconds = options.seconds + options.outageSeconds + MARGIN_SECONDS
  const signals = [AbortSignal.timeout(seconds * 1_000), options.signal]
  const signal = AbortSignal.any(signals.filter((each) => each !== undefined))
  try {
    const stack = await startStack({
      web: 'none',
      ports: 'free',
      seed: true,
      apis: 2,
      onProgress,
      onLog: (name, line) => {
        if (!isOrdinary(line)) lastLines.push(`${new Date().toISOString()} ${name}: ${line}`)
        lastLines.splice(0, lastLines.length - LINES_KEPT)
        if (name === 'api' && /"level":"(error|fatal)"/.test(line)) report.apiErrors.push(line)
      },
    })
    try {
      await talkAndKill(stack, { ...options, onProgress, signal }, report)
    } catch (error) {
      report.standstill.push(...lastLines)
      throw error
    } finally {
      await stack.close()
    }
    if (options.diskFull) {
      onProgress('The disk fills up')
      report.diskFull = await fillDisk({ seed: options.seed, signal, failures: report.failures })
    }
  } catch (error) {
    report.failures.unshift(reasonOf(error))
  }
  if (report.apiErrors.some((line) => line.includes('"level":"fatal"')))
    report.failures.push('an api ended by itself')
  report.seconds = (performance.now() - startedAt) / 1_000
  return report
}

function isOrdinary(line: string): boolean {
  return /"level":"info"/.test(line) && /"msg":"(answered|audited|request)"/.test(line)
}

/** An abort says only that it happened; its cause says why. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.name === 'AbortError' && error.cause instanceof Error
    ? error.cause.message
    : error.message
}

type Running = Required<ChaosOptions>

async function talkAndKill(stack: Stack, options: Running, report: ChaosReport): Promise<void> {
  const { signal, onProgress } = options
  const broker = brokerOf(stack)
  const usualMs = Math.max(PAUSE_LEAST_MS, (options.seconds * 1_000 * POSTERS) / MESSAGES_PER_RUN)
  const pauseMs = options.outageSeconds > 0 ? OUTAGE_PAUSE_MS : usualMs
  const talk = await openTalk(stack, {
    seed: options.seed,
    pauseMs,
    longEvery: LONG_EVERY,
    signal,
  })
  const lookout = openLookout(stack)
  let killing = Promise.resolve()
  try {
    if (options.outageSeconds > 0) {
      onProgress(`The broker is away for ${options.outageSeconds} s`)
      report.outage = await outlastOutage({
        ...talk,
        stack,
        beforeMs: OUTAGE_BEFORE_MS,
        awayMs: options.outageSeconds * 1_000,
        signal,
      })
    }
    talk.pace.pauseMs = usualMs
    onProgress('People talk, and parts are killed')
    await broker.loseFrames({ ...FRAME_CHANCES, seed: options.seed })
    killing = killAtRandom({ ...options, ...talk, stack, broker, report, signal })
    await killing
    await talk.end(report)
    await noteFrames({ broker, report })
  } catch (error) {
    report.standstill.push(...(await lookout.look(talk.posters)))
    throw error
  } finally {
    lookout.close()
    // A restart in flight ends first, so that nothing starts behind the end of the stack.
    await Promise.allSettled([killing])
    await talk.close()
    tally(report, talk.posters, talk.subscribers)
  }
}
