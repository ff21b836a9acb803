import { ROOMS_KEY } from '@conclave/client/keys/rooms.keys'
import type { Message } from '@conclave/shared/messages'
import { isToRead } from '@conclave/shared/unread'
import { findRoom } from '@conclave/shared/rooms.order'
import type { Room, Rooms } from '@conclave/shared/rooms'
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

/**
 * How many messages that are there to be read come after what has been read; all that are neither loaded nor looked at by the
 * server count as such.
 */
function useNewCount(of: { roomId: string; messages: readonly Message[]; myId: string }): number {
  const { data: room } = useQuery<Rooms, Error, Room | undefined>({
    queryKey: ROOMS_KEY,
    queryFn: skipToken,
    select: ({ rooms }) => findRoom(rooms, of.roomId),
  })
  if (!room) return 0
  const { runs, upTo } = room.unread ?? { runs: [], upTo: room.readSeq }
  const known = runs.reduce((sum, [from, to]) => sum + to - from + 1, 0)
  const isOther = (one: Message) => one.seq > upTo && !isToRead(one, of.myId)
  return Math.max(0, known + room.lastSeq - upTo - of.messages.filter(isOther).length)
}
