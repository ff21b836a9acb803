import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { CHILD_BOUNDS } from './child-bounds.ts'

const LOOK_EVERY_MS = 10

/**
 * Kills a whole Postgres as a power cut would: the postmaster, which is the one child of the process `keeper`, and
 * every process of its own. A remaining process could still commit, and would keep the shared memory that the next
 * start needs.
 */
export async function crashPostgres(keeper: number): Promise<void> {
  const postmasters = childrenOf(keeper)
  // A stopped postmaster starts no further process while its children are listed.
  for (const pid of postmasters) signal(pid, 'SIGSTOP')
  const others = postmasters.flatMap(childrenOf)
  for (const pid of [...postmasters, ...others]) signal(pid, 'SIGKILL')
  const deadline = performance.now() + CHILD_BOUNDS.goneMs
  while (postmasters.some((pid) => signal(pid, 0)) || others.some(isRunning)) {
    if (performance.now() > deadline) throw new Error('Postgres did not end when it was killed')
    await delay(LOOK_EVERY_MS)
  }
}

function childrenOf(parent: number): number[] {
  const pairs = process.platform === 'linux' ? linuxProcesses() : otherProcesses()
  return pairs.filter((pair) => pair.parent === parent).map(({ pid }) => pid)
}

/** From `/proc`, because minimal systems have no `ps`. */
function linuxProcesses(): { pid: number; parent: number }[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return pids.map((pid) => ({ pid: Number(pid), parent: Number(statOf(Number(pid))?.parent) }))
}

function otherProcesses(): { pid: number; parent: number }[] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).split('\n')
  return lines.map((line) => {
    const [pid, parent] = line.trim().split(/\s+/)
    return { pid: Number(pid), parent: Number(parent) }
  })
}

/** proc(5): `pid (name) state parent …`, and the name may hold anything. */
function statOf(pid: number): { state: string; parent: number } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [state = '', parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return { state, parent: Number(parent) }
  } catch {
    return undefined
  }
}

function isRunning(pid: number): boolean {
  // An orphan may remain a zombie, but uses nothing.
  if (process.platform === 'linux') return !['Z', 'X', undefined].includes(statOf(pid)?.state)
  return signal(pid, 0)
}

function signal(pid: number, name: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, name)
  } catch {
    return false
  }
}
