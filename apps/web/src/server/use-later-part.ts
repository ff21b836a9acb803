import { use, useEffect, useState } from 'react'
import { FirstViewContext } from './first-view.ts'
import { loadPart } from './parts.ts'

/**
 * A part that nobody waits for, once it is loaded after the first view; from then on whoever shows it has it at once. `load` is
 * always the same function.
 */
export function useLaterPart<Part>(load: () => Promise<Part>): Part | undefined {
  const { isShown, loaded } = use(FirstViewContext)
  const [part, setPart] = useState(() => loaded.get(load) as Part | undefined)
  const isWanted = isShown && part === undefined
  useEffect(() => {
    if (!isWanted) return
    const stop = new AbortController()
    const arrive = (arrived: Part) => {
      loaded.set(load, arrived)
      setPart(() => arrived)
    }
    loadPart(load, () => undefined, stop.signal).then(arrive, () => undefined)
    return () => stop.abort()
  }, [isWanted, load, loaded])
  return part
}
