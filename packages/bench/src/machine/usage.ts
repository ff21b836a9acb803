import { readdirSync, readFileSync } from 'node:fs'
import { spawnSync } from 'node:child_process'

const NANOSECONDS_PER_MS = 1e6
const KILOBYTES_PER_MB = 1024

/** Resident memory of a process, in MB. */
export function memoryOf(pid: number): number {
  const { stdout } = spawnSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })
  return Number(stdout) / KILOBYTES_PER_MB
}

/** Processor time that a process has used so far, in ms; undefined if the system does not report it. */
export function processorTimeOf(pid: number): number | undefined {
  try {
    const threads = readdirSync(`/proc/${pid}/task`)
    const times = threads.map((thread) =>
      Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]),
    )
    return times.reduce((sum, time) => sum + time, 0) / NANOSECONDS_PER_MS
  } catch {
    return undefined
  }
}

/** The share of one core, in percent, that the generator used between two calls of the returned function. */
export function watchGenerator(): () => number {
  const before = process.cpuUsage()
  const startedAt = performance.now()
  return () => {
    const { user, system } = process.cpuUsage(before)
    return ((user + system) / 1_000 / (performance.now() - startedAt)) * 100
  }
}
