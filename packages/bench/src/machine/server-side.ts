import { readdirSync, readFileSync } from 'node:fs'
import { processorTimeOf } from './usage.ts'

/** Processor time of everything that this run has started, in ms, by process. */
export interface ServerTime {
  /** The process that answers. */
  answering: number
  database: number
  /** The broker; the emulator of Auth0 and the servers that are not being measured are idle. */
  others: number
}

interface Process {
  pid: number
  parent: number
  command: string
}

/** On a machine with other work, the processor time used says more than the time passed. */
export function serverTime(answeringPid: number): ServerTime {
  const time: ServerTime = { answering: 0, database: 0, others: 0 }
  for (const { pid, command } of descendantsOf(process.pid)) {
    const used = processorTimeOf(pid) ?? 0
    if (pid === answeringPid) time.answering += used
    else if (command === 'postgres') time.database += used
    else time.others += used
  }
  return time
}

function descendantsOf(root: number): Process[] {
  const all = processes()
  const found: Process[] = []
  let parents = new Set([root])
  while (parents.size > 0) {
    const children = all.filter(({ parent }) => parents.has(parent))
    found.push(...children)
    parents = new Set(children.map(({ pid }) => pid))
  }
  return found
}

function processes(): Process[] {
  try {
    return readdirSync('/proc').flatMap((name) => (/^\d+$/.test(name) ? processOf(name) : []))
  } catch {
    return []
  }
}

function processOf(pid: string): Process[] {
  try {
    // proc(5): the name is in parentheses, and may itself contain spaces.
    const [, command = '', parent] =
      /\((.*)\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? []
    return [{ pid: Number(pid), parent: Number(parent), command }]
  } catch {
    return []
  }
}
