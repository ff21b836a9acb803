import {
  createMessagePages,
  type MessagePages,
  type Place,
} from '@conclave/client/history/message-pages'
import { messagesKey, pendingKey } from '@conclave/client/keys/messages.keys'
import type { MessagePage } from '@conclave/shared/messages'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState } from 'react'
import { useCall } from '../../server/call.ts'
import { useOutbox } from './outbox-context.ts'
import type { PendingMessage } from './pending.ts'
import type { Destination } from './use-destination.ts'

const NOTHING: PendingMessage[] = []

/** A room's messages where the reader is, and below them those of mine that are still being sent. */
export function useMessages(
  roomId: string,
  destination: Destination,
): {
  page: MessagePage | undefined
  pages: MessagePages
  /** The last destination that is loaded; undefined before there is one. */
  arrived: Destination | undefined
  /** Whether the room has no such message. */
  isMissing: boolean
  error: Error | null
  pending: PendingMessage[]
} {
  const call = useCall()
  const queryClient = useQueryClient()
  const pages = useMemo(
    () => createMessagePages({ call, queryClient, roomId }),
    [call, queryClient, roomId],
  )
  const { data: page, error } = useQuery({
    queryKey: messagesKey(roomId),
    queryFn: () => pages.first(destination.place),
  })
  const { arrived, isMissing, failure } = useArrival({ page, pages, destination })
  const pending = usePending(roomId, page)
  return { page, pages, arrived, isMissing, error: error ?? failure, pending }
}

/** Loads where the reader goes, unless that is there. */
function useArrival(options: {
  page: MessagePage | undefined
  pages: MessagePages
  destination: Destination
}) {
  const { page, pages, destination } = options
  const [arrived, setArrived] = useState<Destination>()
  const [asked, setAsked] = useState<{ nth: number; error: Error | null }>()
  const isThere = page !== undefined && holds(page, destination.place)
  const isAsked = asked?.nth === destination.nth
  // Only the unread messages may have gone; the others are asked for once and then missing.
  const isEnough = isAsked && !asked.error && destination.show !== 'link'
  if ((isThere || isEnough) && arrived !== destination) setArrived(destination)
  // Whoever has been there may have gone on, and what was there may have been dropped.
  const isWanted = page !== undefined && arrived !== destination && !isThere && !isAsked
  useEffect(() => {
    if (!isWanted) return
    const { nth, place } = destination
    pages.goTo(place).then(
      () => setAsked({ nth, error: null }),
      (error: Error) => setAsked({ nth, error }),
    )
  }, [isWanted, pages, destination])
  return {
    arrived,
    isMissing:
      arrived !== destination && isAsked && !asked.error && !isThere && destination.show === 'link',
    failure: isAsked && !arrived ? asked.error : null,
  }
}

function holds({ messages, reachesEnd }: MessagePage, place: Place): boolean {
  if (place === 'end') return reachesEnd
  const [first, last] = [messages[0]?.seq, messages.at(-1)?.seq]
  return first !== undefined && last !== undefined && first <= place.seq && place.seq <= last
}

export function useSendMessage(roomId: string): {
  send: (text: string, replyTo?: string) => void
  retry: (id: string) => void
  discard: (id: string) => void
} {
  const outbox = useOutbox()
  return useMemo(
    () => ({
      send: (text, replyTo) => outbox.send(roomId, text, replyTo),
      retry: (id) => outbox.retry(roomId, id),
      discard: (id) => outbox.discard(roomId, id),
    }),
    [outbox, roomId],
  )
}

function usePending(roomId: string, page: MessagePage | undefined): PendingMessage[] {
  const { data = NOTHING } = useQuery<PendingMessage[]>({
    queryKey: pendingKey(roomId),
    queryFn: () => NOTHING,
    enabled: false,
    gcTime: Infinity,
  })
  // In the same render as the page, so that a message never shows twice and never goes missing.
  return useMemo(() => {
    if (data.length === 0) return NOTHING
    const shown = new Set(page?.messages.map(({ id }) => id))
    return data.filter(({ id }) => !shown.has(id))
  }, [data, page])
}
