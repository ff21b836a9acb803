import { useEffect, useEffectEvent, useRef } from 'react'

/** The row of a list that is the current one, and where it is. */
export interface CurrentRow {
  key: string
  index: number
}

/**
 * Scrolls to the current row when another becomes it. While rows come and go around it, it stays in view if it was, and
 * somebody who looks elsewhere in the list is not taken back to it.
 */
export function useCurrentInView(
  current: CurrentRow | undefined,
  list: { isInView: (index: number) => boolean; show: (index: number) => void },
): void {
  const before = useRef<CurrentRow>(undefined)
  const follow = useEffectEvent(() => {
    const last = before.current
    before.current = current
    if (current && (last?.key !== current.key || list.isInView(last.index)))
      list.show(current.index)
  })
  useEffect(() => follow(), [current?.key, current?.index])
}
