import type { Child } from './child.ts'

/** A process of the stack that can crash and come back on the same address. */
export interface Part {
  readonly pid: number
  /** Ends it at once, as a crash does. */
  kill(): Promise<void>
  start(): Promise<void>
  /** Ends it in good order. */
  stop(): Promise<void>
}

export interface Parts {
  /** Starts one; from then on closing ends it. */
  add(bring: () => Promise<Child>): Promise<Part>
  close(): Promise<void>
}

/** Remembers what runs, also when something else fails to start. */
export function createParts(): Parts {
  const running = new Set<Child>()

  async function add(bring: () => Promise<Child>): Promise<Part> {
    let child = await kept(bring)
    return {
      get pid() {
        return child.pid
      },
      start: async () => {
        child = await kept(bring)
      },
      kill: async () => {
        running.delete(child)
        await child.kill()
      },
      stop: async () => stopped(child),
    }
  }

  async function kept(bring: () => Promise<Child>): Promise<Child> {
    const child = await bring()
    running.add(child)
    return child
  }

  async function stopped(child: Child): Promise<void> {
    if (running.delete(child)) await child.stop()
  }

  return {
    add,
    close: async () => {
      await Promise.all([...running].map(stopped))
    },
  }
}
