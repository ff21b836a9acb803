import { messagesKey } from '@conclave/client/keys/messages.keys'
import { REMOVED_SHOWN_MS, type MessagePage } from '@conclave/shared/messages'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'

/** Since when a message must have been removed to be shown as removed: moves on when the time of one of them is over. */
export function useRemovedShownSince(roomId: string): number {
  const [since, setSince] = useState(() => Date.now() - REMOVED_SHOWN_MS)
  const { data: next } = useQuery({
    queryKey: messagesKey(roomId),
    enabled: false,
    select: (page: MessagePage) => oldestRemoval(page, since),
  })
  useEffect(() => {
    if (next === undefined) return
    const timer = setTimeout(
      () => setSince(Date.now() - REMOVED_SHOWN_MS),
      Math.max(0, next + REMOVED_SHOWN_MS - Date.now()) + 1,
    )
    return () => clearTimeout(timer)
  }, [next])
  return since
}

/** When the first of those that are still shown was removed. */
function oldestRemoval({ messages }: MessagePage, since: number): number | undefined {
  const removals = messages.flatMap(({ removed }) => (removed ? [Date.parse(removed.at)] : []))
  const shown = removals.filter((at) => at >= since)
  return shown.length > 0 ? Math.min(...shown) : undefined
}
