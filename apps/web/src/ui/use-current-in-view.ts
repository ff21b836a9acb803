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
  const follow = useEffectEvent((row: CurrentRow | undefined) => {
    const last = before.current
    before.current = row
    if (row && (last?.key !== row.key || list.isInView(last.index))) list.show(row.index)
  })
  const { key, index } = current ?? {}
  useEffect(
    () => follow(key === undefined || index === undefined ? undefined : { key, index }),
    [key, index],
  )
}
