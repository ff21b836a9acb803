import { ChevronLeft } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { useMyId } from '../people/MeProvider.tsx'
import { usePerson } from '../people/people.queries.ts'
import { STANDING_NAMES, standingOf } from '../people/person-standing.ts'
import { otherPerson } from './other-person.ts'
import { RoomGlyph } from './RoomGlyph.tsx'
import type { RoomInfo } from './rooms.queries.ts'
import { backToRooms } from '../../words/en/rooms.en.ts'
import { t } from '../../words/say.ts'

/** The room's name, topic and members, with a place for what the page adds. */
export function RoomHeader(props: {
  room: RoomInfo
  name: string
  backTo: string
  members: ReactNode
  aside: ReactNode
}) {
  const { room } = props
  const other = usePerson(otherPerson(room, useMyId()))
  return (
    <header className="relative h-14 shrink-0 border-b border-line [--behind:var(--paper)]">
      <div className="column flex h-full items-center gap-3 px-5 max-wide:ps-1">
        <Link
          to={props.backTo}
          aria-label={t(backToRooms)}
          className="hidden size-11 items-center justify-center rounded-control max-wide:inline-flex"
        >
          <ChevronLeft className="size-5 rtl:-scale-x-100" aria-hidden="true" />
        </Link>
        <div className="flex min-w-0 flex-1 items-center gap-2.5 max-wide:flex-col max-wide:items-start max-wide:gap-0">
          {/* The name keeps its place however long the topic is. */}
          <div className="flex max-w-full min-w-0 shrink-0 items-center gap-2 wide:max-w-3/5">
            <RoomGlyph kind={room.kind} other={other} />
            <h1 className="written-line min-w-0 font-semibold">
              <bdi>{props.name}</bdi>
            </h1>
          </div>
          <p className="flex max-w-full min-w-0 gap-2 text-small text-soft">
            <span className="shrink-0">
              {other ? t(STANDING_NAMES[standingOf(other)]) : props.members}
            </span>
            {room.topic && (
              <>
                <span aria-hidden="true">·</span>
                <bdi className="written-line min-w-0" title={room.topic}>
                  {room.topic}
                </bdi>
              </>
            )}
          </p>
        </div>
        {props.aside}
      </div>
    </header>
  )
}
