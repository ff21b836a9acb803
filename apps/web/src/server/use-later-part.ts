import { useEffect, useState } from 'react'
import { useFirstViewShown } from './first-view.ts'
import { loadPart } from './parts.ts'

/** A part that nobody waits for, once it is loaded after the first view; `load` is always the same function. */
export function useLaterPart<Part>(load: () => Promise<Part>): Part | undefined {
  const isShown = useFirstViewShown()
  const [part, setPart] = useState<Part>()
  useEffect(() => {
    if (!isShown) return
    const stop = new AbortController()
    loadPart(load, () => undefined, stop.signal).then(
      (loaded) => setPart(() => loaded),
      () => undefined,
    )
    return () => stop.abort()
  }, [isShown, load])
  return part
}
