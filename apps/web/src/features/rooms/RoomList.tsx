import type { Room } from '@conclave/shared/rooms'
import { findRoom } from '@conclave/shared/rooms.order'
import { Plus } from 'lucide-react'
import { memo, useCallback, useRef, type ComponentType } from 'react'
import { NavLink } from 'react-router'
import { errorMessage } from '../../server/problem-message.ts'
import { useVersionState } from '../../server/version.ts'
import { useLaterPart } from '../../server/use-later-part.ts'
import { ScrollerContext, WHOLE_MAX, WholeList } from '../../ui/WholeList.tsx'
import { Bar, Skeleton } from '../../ui/Skeleton.tsx'
import { useMyId } from '../people/MeProvider.tsx'
import { usePerson } from '../people/people.queries.ts'
import { otherPerson } from './other-person.ts'
import { RoomGlyph } from './RoomGlyph.tsx'
import { RoomMark } from './RoomMark.tsx'
import { useRoomOrder, type NamedRoom } from './RoomOrderProvider.tsx'
import { useOfRooms } from './rooms.queries.ts'
import { markOf } from './unread-mark.ts'
import * as words from '../../words/en/rooms.en.ts'
import { t } from '../../words/say.ts'

/** Of the same height whatever is in it: so no row is elsewhere once it has been measured. */
const ROW =
  'flex h-8 items-center gap-2.5 rounded-control px-3 touch:h-11 max-wide:h-11 hover:bg-hover aria-[current=page]:bg-selected [--behind:var(--paper-sunken)]'
const SKELETON_ROWS = ['w-24', 'w-32', 'w-20', 'w-28', 'w-36']

/** For those who are in many rooms; their first ones are there before. */
const loadLongList = () => import('../../ui/LongList.tsx')
const loadDraftMark = () => import('./DraftMark.tsx')

/** My rooms by name; those with unread messages are bold. */
export function RoomList(props: {
  pathOf: (roomId: string) => string
  browsePath: string
  /** The room that is open. */
  openId: string | undefined
}) {
  const { pathOf, browsePath, openId } = props
  const { rooms, isLoading, error } = useRoomOrder()
  const version = useVersionState()
  const part = useLaterPart(loadLongList)
  const drafts = useLaterPart(loadDraftMark)
  const scroller = useRef<HTMLElement>(null)
  const link = useCallback(
    ({ id, name }: NamedRoom) => (
      <RoomLink id={id} name={name} to={pathOf(id)} DraftMark={drafts?.DraftMark} />
    ),
    [pathOf, drafts],
  )
  if (isLoading) return <RoomListSkeleton />
  if (error && rooms.length === 0) {
    return (
      <p role="alert" className="flex-1 px-5 py-2 text-small text-soft">
        {t(words.roomsNotLoaded, {
          reason: version === 'fits' ? errorMessage(error) : t(words.otherVersion),
        })}
      </p>
    )
  }
  const List = (rooms.length > WHOLE_MAX && part?.LongList) || WholeList
  return (
    <nav
      ref={scroller}
      aria-label={t(words.rooms)}
      data-region
      className="min-h-0 flex-1 overflow-y-auto px-2 pb-2"
    >
      {rooms.length === 0 ? (
        <p className="px-3 py-2 text-small text-soft">{t(words.noRoomYet)}</p>
      ) : (
        <ScrollerContext value={scroller}>
          <List
            items={List === WholeList ? rooms.slice(0, WHOLE_MAX) : rooms}
            keyOf={idOf}
            currentKey={openId}
          >
            {link}
          </List>
        </ScrollerContext>
      )}
      <NavLink to={browsePath} className={`mt-1 text-soft hover:text-ink ${ROW}`}>
        <Plus className="size-4 shrink-0" strokeWidth={1.75} aria-hidden="true" />
        {t(words.browseRooms)}
      </NavLink>
    </nav>
  )
}

interface RoomLinkProps {
  id: string
  name: string
  to: string
  /** Once it is loaded. */
  DraftMark: ComponentType<{ roomId: string }> | undefined
}

function idOf({ id }: NamedRoom): string {
  return id
}

const RoomLink = memo(function RoomLink(props: RoomLinkProps) {
  const { id, name, to, DraftMark } = props
  const myId = useMyId()
  const { data: shown } = useOfRooms((rooms) => shownOf(rooms, id, myId))
  const other = usePerson(shown?.otherId)
  if (!shown) return null
  return (
    <NavLink
      to={to}
      className={`${ROW} ${shown.mark.isUnread ? 'font-semibold' : 'text-soft aria-[current=page]:text-ink'}`}
    >
      <RoomGlyph kind={shown.kind} other={other} />
      <bdi className="written-line flex-1">{name}</bdi>
      {DraftMark && <DraftMark roomId={id} />}
      {shown.mark.isUnread && <RoomMark mark={shown.mark} isDirect={shown.kind === 'direct'} />}
    </NavLink>
  )
})

/** All that the row of a room shows beside its name. */
function shownOf(rooms: readonly Room[], roomId: string, myId: string | undefined) {
  const room = findRoom(rooms, roomId)
  return room && { kind: room.kind, otherId: otherPerson(room, myId), mark: markOf(room) }
}

export function RoomListSkeleton() {
  return (
    <Skeleton label={t(words.loadingRooms)}>
      <div className="px-5">
        {SKELETON_ROWS.map((width) => (
          <div key={width} className="flex h-8 items-center gap-2.5">
            <Bar className="size-4" />
            <Bar className={`h-3 ${width}`} />
          </div>
        ))}
      </div>
    </Skeleton>
  )
}
