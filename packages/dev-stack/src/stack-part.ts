import type { Child } from './child.ts'

/** A process of the stack that can crash and come back on the same address. */
export interface Part {
  readonly pid: number
  /** Kills it, as a crash does. */
  kill(): Promise<void>
  start(): Promise<void>
  /** Stops it gracefully. */
  stop(): Promise<void>
}

export interface Parts {
  /** Starts a process, which `close` will stop. */
  add(start: () => Promise<Child>): Promise<Part>
  close(): Promise<void>
}

/** Keeps track of the processes that run, so that they can be stopped when another one fails to start. */
export function createParts(): Parts {
  const running = new Set<Child>()

  async function add(start: () => Promise<Child>): Promise<Part> {
    let child = await startAndTrack(start)
    return {
      get pid() {
        return child.pid
      },
      start: async () => {
        child = await startAndTrack(start)
      },
      kill: async () => {
        running.delete(child)
        await child.kill()
      },
      stop: async () => stopTracked(child),
    }
  }

  async function startAndTrack(start: () => Promise<Child>): Promise<Child> {
    const child = await start()
    running.add(child)
    return child
  }

  async function stopTracked(child: Child): Promise<void> {
    if (running.delete(child)) await child.stop()
  }

  return {
    add,
    close: async () => {
      await Promise.all([...running].map(stopTracked))
    },
  }
}
