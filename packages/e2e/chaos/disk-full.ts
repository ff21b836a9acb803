import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { startStack, type Stack } from '@conclave/dev-stack/stack'
import { throwawayFolder } from '@conclave/dev-stack/throwaway-folder'
import postgres from 'postgres'
import type { DiskReport } from './report.ts'
import { mountSmallDisk, type SmallDisk } from './small-disk.ts'
import { openTalk, type Talk } from './talk.ts'
import { pause, until } from './wait.ts'

const DISK_MB = 160
const PAUSE_MS = 60
const FIRST_POSTS = 60
const REFUSED_POSTS = 20
const WITHIN_MS = 30_000
/** How long a Postgres that stopped itself may take to come back by itself. */
const BY_ITSELF_MS = 5_000

interface Filling {
  stack: Stack
  disk: SmallDisk
  talk: Talk
  signal: AbortSignal
  panics: () => number
}

/** Runs a Conclave whose database has its own small disk, and fills it twice: for data, and for Postgres' log. */
export async function fillDisk(options: {
  seed: number
  signal: AbortSignal
  failures: string[]
}): Promise<DiskReport | string> {
  const { signal } = options
  const folder = throwawayFolder()
  const data = join(folder.path, 'postgres')
  mkdirSync(data)
  const disk = mountSmallDisk(data, DISK_MB)
  if (typeof disk === 'string') {
    folder.remove()
    return disk
  }
  let panics = 0
  try {
    const stack = await startStack({
      web: 'none',
      ports: 'free',
      dataDir: folder.path,
      seed: true,
      onLog: (name, line) => {
        if (name === 'postgres') panics += line.match(/PANIC: /g)?.length ?? 0
      },
    })
    try {
      const talk = await openTalk(stack, { ...options, pauseMs: PAUSE_MS, longEvery: 1 })
      return await fillTwice({ stack, disk, talk, signal, panics: () => panics }, options.failures)
    } finally {
      await stack.close()
    }
  } finally {
    disk.unmount()
    folder.remove()
  }
}

async function fillTwice(filling: Filling, failures: string[]): Promise<DiskReport> {
  const { stack, talk, panics } = filling
  const { apiPid } = stack
  try {
    await until('some posts are stored', () => acknowledged(talk) >= FIRST_POSTS, {
      signal: filling.signal,
      ms: WITHIN_MS,
    })
    const data = await fillForData(filling)
    const log = await fillForLog(filling)
    const verdict = await talk.end()
    if (stack.apiPid !== apiPid) failures.push('the api restarted because of the full disk')
    failures.push(...verdict.failures.map((failure) => `disk full: ${failure}`))
    return {
      refusedData: data.refused,
      refusedLog: log.refused,
      acknowledged: verdict.acknowledged,
      lost: verdict.lost,
      readable: data.readable,
      panics: panics(),
      postgresStarts: log.starts,
      dataBackMs: data.backMs,
      logBackMs: log.backMs,
    }
  } finally {
    await talk.close()
  }
}

function acknowledged({ posters }: Talk): number {
  return posters.reduce((sum, { acknowledged }) => sum + acknowledged.length, 0)
}

/** Tables cannot grow: posts are refused, and Postgres keeps running. */
async function fillForData({ disk, talk, signal }: Filling) {
  disk.fill()
  const refused = await refusals(talk, signal)
  const readable = await talk.isReadable()
  const freedAt = performance.now()
  disk.free()
  await talk.nextStored()
  return { refused, readable, backMs: performance.now() - freedAt }
}

/** The log cannot grow: Postgres stops, and comes back once there is space, by itself or restarted as by a supervisor. */
async function fillForLog({ stack, disk, talk, signal, panics }: Filling) {
  disk.fill()
  await until('Postgres gave up', async () => panics() > 0 || (await nextLogFile(stack)), {
    signal,
    ms: WITHIN_MS,
  })
  const refused = await refusals(talk, signal)
  const freedAt = performance.now()
  disk.free()
  const starts = (await isBackByItself(stack, signal)) ? 0 : 1
  if (starts > 0) {
    await stack.killPostgres()
    await stack.startPostgres()
  }
  await talk.nextStored()
  return { refused, starts, backMs: performance.now() - freedAt }
}

/** Moves on to the next file of the log, so that the preallocated files are used up and a new one is needed. */
async function nextLogFile(stack: Stack): Promise<false> {
  await run(stack, 'select pg_switch_wal()').catch(() => undefined)
  return false
}

async function refusals(talk: Talk, signal: AbortSignal): Promise<number> {
  const before = talk.unavailable()
  await until('posts are refused', () => talk.unavailable() >= before + REFUSED_POSTS, {
    signal,
    ms: WITHIN_MS,
  })
  return talk.unavailable() - before
}

async function isBackByItself(stack: Stack, signal: AbortSignal): Promise<boolean> {
  const deadline = performance.now() + BY_ITSELF_MS
  while (performance.now() < deadline) {
    const answers = await run(stack, 'select 1').then(
      () => true,
      () => false,
    )
    if (answers) return true
    await pause(100, signal)
  }
  return false
}

async function run({ database }: Stack, statement: string): Promise<void> {
  const sql = postgres(database, { max: 1, onnotice: () => undefined })
  try {
    await sql.unsafe(statement)
  } finally {
    await sql.end({ timeout: 1 })
  }
}
