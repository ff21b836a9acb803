import { ROOMS_KEY } from '@conclave/client/keys/rooms.keys'
import type { Message } from '@conclave/shared/messages'
import { isToRead } from '@conclave/shared/unread'
import { findRoom } from '@conclave/shared/rooms.order'
import type { Rooms } from '@conclave/shared/rooms'
import { skipToken, useQuery } from '@tanstack/react-query'
import { ArrowDown } from 'lucide-react'
import * as words from '../../words/en/messages.en.ts'
import { rich, t } from '../../words/say.ts'

export function JumpToLatest(props: {
  roomId: string
  messages: readonly Message[]
  myId: string
  onJump: () => void
}) {
  const count = useNewCount(props)
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-3 flex justify-center">
      <button
        type="button"
        onClick={props.onJump}
        className="appear pointer-events-auto flex min-h-9 items-center gap-2 rounded-full border border-line bg-raised px-4 text-small font-medium shadow-float touch:min-h-11"
      >
        <ArrowDown className="size-4 text-soft" aria-hidden="true" />
        {t(words.jumpToLatest)}
        {count > 0 && (
          <span className="rounded-full bg-brass px-1.5 text-on-brass tabular-nums">
            {rich(words.newSince, { count, unseen: <span className="sr-only" /> })}
          </span>
        )}
      </button>
    </div>
  )
}

/** How many messages that are there to be read come after what has been read; all that are not loaded count as such. */
function useNewCount(of: { roomId: string; messages: readonly Message[]; myId: string }): number {
  const { data } = useQuery<Rooms, Error, { readSeq: number; lastSeq: number }>({
    queryKey: ROOMS_KEY,
    queryFn: skipToken,
    select: ({ rooms }) => {
      const { readSeq = 0, lastSeq = 0 } = findRoom(rooms, of.roomId) ?? {}
      return { readSeq, lastSeq }
    },
  })
  if (!data) return 0
  const isOther = (one: Message) => one.seq > data.readSeq && !isToRead(one, of.myId)
  return Math.max(0, data.lastSeq - data.readSeq - of.messages.filter(isOther).length)
}
