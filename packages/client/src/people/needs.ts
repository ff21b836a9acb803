/** Which people are needed now, by everybody who needs them. */
export interface Needs {
  /** Returns how to say that they are not needed any more. */
  add: (ids: Iterable<string>) => () => void
  has: (id: string) => boolean
  ids: () => string[]
}

export function createNeeds(): Needs {
  /** How often each is needed. */
  const times = new Map<string, number>()

  function release(id: string): void {
    const left = (times.get(id) ?? 0) - 1
    if (left > 0) times.set(id, left)
    else times.delete(id)
  }

  return {
    add: (ids) => {
      const needed = [...ids]
      for (const id of needed) times.set(id, (times.get(id) ?? 0) + 1)
      // Released twice is released once.
      return () => needed.splice(0).forEach(release)
    },
    has: (id) => times.has(id),
    ids: () => [...times.keys()],
  }
}
