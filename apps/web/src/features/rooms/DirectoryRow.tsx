import type { DirectoryRoom } from '@conclave/shared/rooms'
import { Hash } from 'lucide-react'
import { Link } from 'react-router'
import { Button } from '../../ui/Button.tsx'
import { Moment } from '../../ui/Moment.tsx'
import * as words from '../../words/en/open-rooms.en.ts'
import { memberCount } from '../../words/en/rooms.en.ts'
import { rich, t } from '../../words/say.ts'

/** An open room in the directory, with a button to join it. */
export function DirectoryRow(props: {
  room: DirectoryRoom
  joined: boolean
  to: string
  isBusy: boolean
  onJoin: () => void
}) {
  const { room, joined, to, isBusy, onJoin } = props
  return (
    <div className="flex items-center gap-3 border-b border-line py-3 in-[li:last-child]:border-0">
      <Hash
        className="size-4 shrink-0 self-start text-soft mt-0.75"
        strokeWidth={1.75}
        aria-hidden="true"
      />
      <div className="min-w-0 flex-1">
        <h2 className="written-line font-medium" title={room.name}>
          <bdi>{room.name}</bdi>
        </h2>
        {room.topic && (
          <p className="written-line text-soft" title={room.topic}>
            <bdi>{room.topic}</bdi>
          </p>
        )}
        <p className="text-small text-soft tabular-nums">
          {t(memberCount, { count: room.memberCount })}
          {' · '}
          {room.lastMessageAt
            ? rich(words.lastMessage, { when: <Moment at={room.lastMessageAt} to="day" /> })
            : t(words.noMessages)}
        </p>
        {room.keptOut && !joined && <p className="text-small text-soft">{t(words.keptOutOf)}</p>}
      </div>
      {joined ? (
        <Link
          to={to}
          aria-label={t(words.openThis, { room: room.name })}
          className="inline-flex min-h-10 shrink-0 items-center rounded-control px-4 text-brass underline-offset-4 hover:underline touch:min-h-11"
        >
          {t(words.open)}
        </Link>
      ) : (
        !room.keptOut && (
          <Button
            aria-label={t(words.joinThis, { room: room.name })}
            isBusy={isBusy}
            onClick={onJoin}
          >
            {t(words.join)}
          </Button>
        )
      )}
    </div>
  )
}
