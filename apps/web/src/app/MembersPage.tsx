import { SEARCH_MAX_CHARS } from '@conclave/shared/paging'
import type { MemberPage } from '@conclave/shared/members'
import type { Me } from '@conclave/shared/people'
import { LogOut, X } from 'lucide-react'
import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { Link, useNavigate, useParams } from 'react-router'
import { LeaveDialog } from '../features/members/LeaveDialog.tsx'
import { MemberList } from '../features/members/MemberList.tsx'
import type { OpenedAt } from '../features/members/MemberMenu.tsx'
import { useMembers, useUpdateMember } from '../features/members/members.queries.ts'
import { isLastOwner, rightsIn, type Rights } from '../features/members/members.rights.ts'
import { NotifyAllSetting } from '../features/members/NotifyAllSetting.tsx'
import { TakeOutDialog } from '../features/members/TakeOutDialog.tsx'
import { useMe } from '../features/people/MeProvider.tsx'
import { useRoom, type RoomInfo } from '../features/rooms/rooms.queries.ts'
import { errorMessage } from '../server/problem-message.ts'
import type { Pages } from '../server/use-pages.ts'
import { Button } from '../ui/Button.tsx'
import { Found } from '../ui/Found.tsx'
import { ScrollerContext } from '../ui/WholeList.tsx'
import { useNotice } from '../ui/Notice.tsx'
import { Problem } from '../ui/Problem.tsx'
import { RowsSkeleton } from '../ui/RowsSkeleton.tsx'
import { SearchField } from '../ui/SearchField.tsx'
import { useOnceTrue } from '../ui/use-once-true.ts'
import { useSearch } from '../ui/use-search.ts'
import { AddPeople } from './AddPeople.tsx'
import { paths } from './paths.ts'
import { Region } from './Region.tsx'
import { requestIdOf } from './request-id.ts'
import { useEscape } from './use-escape.ts'
import { dialogBroken } from '../words/en/app.en.ts'
import { tryAgain } from '../words/en/common.en.ts'
import * as words from '../words/en/members.en.ts'
import { members } from '../words/en/rooms.en.ts'
import { rich, t } from '../words/say.ts'

/** A shorter list is looked through faster than it is searched. */
const SEARCHED_FROM = 20

/** Who is in the room and what I may change about it: beside the conversation, or in its place. */
export function MembersPage() {
  const { roomId = '' } = useParams()
  const room = useRoom(roomId)
  const { me } = useMe()
  const heading = useFocusOnOpening()
  const navigate = useNavigate()
  useEscape(useCallback(() => void navigate(paths.room(roomId)), [navigate, roomId]))
  if (!room || !me) return null
  return (
    <>
      <header className="flex h-14 shrink-0 items-center gap-2 border-b border-line ps-5 pe-2">
        <h2 ref={heading} tabIndex={-1} className="flex-1 font-semibold outline-none">
          {t(members)}
        </h2>
        <Link
          to={paths.room(roomId)}
          aria-label={t(words.closeMembers)}
          className="inline-flex size-10 items-center justify-center rounded-control text-soft hover:bg-hover hover:text-ink touch:size-11"
        >
          <X className="size-4.5" aria-hidden="true" />
        </Link>
      </header>
      <MembersOf room={room} me={me} heading={() => heading.current} />
    </>
  )
}

function MembersOf(props: { room: RoomInfo; me: Me; heading: () => HTMLElement | null }) {
  const { room, me, heading } = props
  const { text, setText, search } = useSearch()
  const list = useMembers(room, search)
  const [taking, setTaking] = useState<OpenedAt>()
  const scroller = useRef<HTMLDivElement>(null)
  // It stays when some of them are removed or leave during a search.
  const isSearched = useOnceTrue(room.memberCount > SEARCHED_FROM)
  const rights = useMemo(() => rightsIn(room, me), [room, me])
  const owners = list.pages?.[0]?.owners ?? 0

  if (!list.pages && !list.error) return <RowsSkeleton label={t(words.loadingMembers)} />
  return (
    <>
      <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto p-3">
        {rights.mayAdd && (
          <div className="px-2 pt-1 pb-3">
            <AddPeople room={room} isOffered className="w-full" />
          </div>
        )}
        {isSearched && (
          <div className="px-2">
            <SearchField
              label={t(words.findMember)}
              text={text}
              maxLength={SEARCH_MAX_CHARS}
              onText={setText}
            />
          </div>
        )}
        <ScrollerContext value={scroller}>
          <FoundMembers
            room={room}
            me={me}
            rights={rights}
            search={search}
            list={list}
            owners={owners}
            onTakeOut={setTaking}
          />
        </ScrollerContext>
      </div>
      <div className="shrink-0 border-t border-line px-3 py-1 empty:hidden">
        <NotifyAllSetting room={room} mayChange={rights.maySetNotifyAll} />
      </div>
      {rights.mayLeave && (
        <LeaveButton room={room} isLastOwner={isLastOwner(room.role, room, owners)} />
      )}
      <Region part={dialogBroken}>
        {taking && (
          <TakeOutDialog
            room={room}
            personId={taking.member.personId}
            name={taking.name}
            onClosed={() => setTaking(undefined)}
            // Their row disappears with them.
            focusAfter={() => connected(taking.button()) ?? heading()}
          />
        )}
      </Region>
    </>
  )
}

function FoundMembers(props: {
  room: RoomInfo
  me: Me
  rights: Rights
  search: string
  list: Pages<MemberPage>
  owners: number
  onTakeOut: (opened: OpenedAt) => void
}) {
  const { room, me, rights, search, list, owners, onTakeOut } = props
  const { pages, isStale, error, more } = list
  const { mutate: changeRole } = useUpdateMember(room.id)
  const notify = useNotice()
  const found = useMemo(() => pages?.flatMap((page) => page.members) ?? [], [pages])
  if (error && (!pages || isStale)) {
    return (
      <Problem
        title={t(words.membersNotLoaded)}
        detail={errorMessage(error)}
        requestId={requestIdOf(error)}
      >
        <Button onClick={list.refetch}>{t(tryAgain)}</Button>
      </Problem>
    )
  }
  return (
    <>
      <Found
        search={search}
        isStale={isStale}
        count={found.length}
        hasMore={more.hasMore}
        found={words.membersFound}
      >
        {rich(words.noMemberNamed, { search: <bdi />, text: search })}
      </Found>
      <MemberList
        members={found}
        total={search === '' ? room.memberCount : undefined}
        more={more}
        isStale={isStale}
        myId={me.id}
        rights={rights}
        isLastOwner={({ role }) => isLastOwner(role, room, owners)}
        onRole={(personId, role) =>
          changeRole({ personId, role }, { onError: (refusal) => notify(errorMessage(refusal)) })
        }
        onTakeOut={onTakeOut}
      />
    </>
  )
}

function connected(element: HTMLElement | null): HTMLElement | undefined {
  return element?.isConnected === true ? element : undefined
}

function LeaveButton({ room, isLastOwner }: { room: RoomInfo; isLastOwner: boolean }) {
  const [isAsked, setIsAsked] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  return (
    <div className="shrink-0 border-t border-line px-5 py-3 pb-[max(0.75rem,env(safe-area-inset-bottom))]">
      <Button ref={button} className="w-full" onClick={() => setIsAsked(true)}>
        <LogOut className="size-4 text-soft" aria-hidden="true" />
        {t(words.leave)}
      </Button>
      <Region part={dialogBroken}>
        {isAsked && (
          <LeaveDialog
            room={room}
            isLastOwner={isLastOwner}
            isAlone={room.memberCount === 1}
            onClosed={() => setIsAsked(false)}
            focusAfter={() => button.current}
          />
        )}
      </Region>
    </div>
  )
}

/** Moves the focus into the panel, and back to what opened it when it closes, unless it has moved elsewhere by then. */
function useFocusOnOpening() {
  const heading = useRef<HTMLHeadingElement>(null)
  const opener = useRef<Element>(null)
  useEffect(() => {
    // In development, strict mode runs this twice: the second time the focus is already in the panel.
    if (document.activeElement !== heading.current) opener.current = document.activeElement
    heading.current?.focus()
    return () => {
      if (document.activeElement !== document.body) return
      if (opener.current instanceof HTMLElement && opener.current.isConnected)
        opener.current.focus()
    }
  }, [])
  return heading
}
