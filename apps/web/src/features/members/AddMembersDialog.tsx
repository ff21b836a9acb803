import { Dialog } from '@base-ui/react/dialog'
import { isSoughtBy } from '@conclave/shared/names'
import { SEARCH_MAX_CHARS } from '@conclave/shared/paging'
import type { Person } from '@conclave/shared/people'
import { useCallback, useMemo, useRef, useState, type ReactNode } from 'react'
import { errorMessage } from '../../server/problem-message.ts'
import { Boundary } from '../../ui/Boundary.tsx'
import { Button } from '../../ui/Button.tsx'
import { DIALOG_BACKDROP, DIALOG_POPUP } from '../../ui/dialog-look.ts'
import { Found } from '../../ui/Found.tsx'
import { LongList } from '../../ui/LongList.tsx'
import { ScrollerContext } from '../../ui/WholeList.tsx'
import { SearchField } from '../../ui/SearchField.tsx'
import { Unshown } from '../../ui/Unshown.tsx'
import { useSearch } from '../../ui/use-search.ts'
import { PersonAvatar } from '../people/PersonAvatar.tsx'
import { PersonName } from '../people/PersonName.tsx'
import { compareNames } from '../rooms/room-name.ts'
import type { RoomInfo } from '../rooms/rooms.queries.ts'
import { useFocusBack } from '../../ui/focus-back.ts'
import { useAddMember, useCandidates } from './members.queries.ts'
import * as words from '../../words/en/add-members.en.ts'
import { tryAgain } from '../../words/en/common.en.ts'
import { findPerson, peopleFound } from '../../words/en/team.en.ts'
import { rich, t } from '../../words/say.ts'

/** Adds people to the room, one press each. Mounted while it is open. */
export function AddMembersDialog(props: {
  room: RoomInfo
  onClosed: () => void
  focusAfter: () => HTMLElement | null
}) {
  const { room, onClosed, focusAfter } = props
  const [isOpen, setIsOpen] = useState(true)
  const { finalFocus, closed } = useFocusBack(focusAfter)
  return (
    <Dialog.Root
      open={isOpen}
      onOpenChange={setIsOpen}
      onOpenChangeComplete={(open) => !open && (onClosed(), closed())}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className={DIALOG_BACKDROP} />
        <Dialog.Popup className={`gap-4 ${DIALOG_POPUP}`} finalFocus={finalFocus}>
          <Dialog.Title className="font-semibold [overflow-wrap:anywhere]">
            {rich(words.addPeopleTo, { room: <bdi>{room.name}</bdi> })}
          </Dialog.Title>
          <Boundary fallback={Unshown}>
            <Candidates room={room} />
          </Boundary>
          <div className="flex justify-end">
            <Dialog.Close render={<Button />}>{t(words.done)}</Dialog.Close>
          </div>
        </Dialog.Popup>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function Candidates({ room }: { room: RoomInfo }) {
  const { text, setText, search } = useSearch()
  const { pages, more, isStale, error: notLoaded, refetch } = useCandidates(room.id, search)
  const { added, addingId, add, refusal } = useAdding(room.id)
  const people = usePeople(pages, added, search)
  const row = useCallback(
    (person: Person) => (
      <Candidate
        person={person}
        isAdded={added.some(({ id }) => id === person.id)}
        isBusy={addingId === person.id}
        onAdd={() => add(person)}
      />
    ),
    [added, addingId, add],
  )
  const error = refusal ?? notLoaded
  return (
    <>
      <SearchField
        label={t(findPerson)}
        text={text}
        maxLength={SEARCH_MAX_CHARS}
        onText={setText}
      />
      {people?.length === 0 && search === '' && (
        <p className="text-soft">{t(words.everybodyHere)}</p>
      )}
      <Found
        search={search}
        isStale={isStale || people === undefined}
        count={people?.length ?? 0}
        hasMore={more.hasMore}
        found={peopleFound}
      >
        {rich(words.nobodyOutsideNamed, { search: <bdi />, text: search })}
      </Found>
      {people && (
        <Scrolled>
          <LongList
            label={t(words.peopleToAdd)}
            items={people}
            keyOf={idOf}
            more={more}
            isStale={isStale}
          >
            {row}
          </LongList>
        </Scrolled>
      )}
      {error && <Refusal error={error} onRetry={refusal ? undefined : refetch} />}
    </>
  )
}

function usePeople(
  pages: ReturnType<typeof useCandidates>['pages'],
  added: readonly Person[],
  search: string,
) {
  return useMemo(() => {
    const listed = pages?.flatMap((page) => page.people)
    return listed && withAdded(listed, { added, search })
  }, [pages, added, search])
}

function Refusal({ error, onRetry }: { error: Error; onRetry: (() => void) | undefined }) {
  return (
    <p role="alert" className="text-danger">
      {errorMessage(error)}
      {onRetry && (
        <Button look="quiet" onClick={onRetry}>
          {t(tryAgain)}
        </Button>
      )}
    </p>
  )
}

function Scrolled({ children }: { children: ReactNode }) {
  const scroller = useRef<HTMLDivElement>(null)
  return (
    <div ref={scroller} className="-mx-2 min-h-0 overflow-y-auto">
      <ScrollerContext value={scroller}>{children}</ScrollerContext>
    </div>
  )
}

/** Adds one person after the other, and knows who was added since the dialog was opened. */
function useAdding(roomId: string) {
  const [added, setAdded] = useState<readonly Person[]>([])
  const { mutate, isPending, variables, error } = useAddMember(roomId, (person) =>
    setAdded((before) => [...before, person]),
  )
  return { added, addingId: isPending ? variables.id : undefined, add: mutate, refusal: error }
}

/** Those who were added keep their place in the list, although the server does not list them any more. */
function withAdded(
  people: readonly Person[],
  { added, search }: { added: readonly Person[]; search: string },
): readonly Person[] {
  const listed = new Set(people.map(({ id }) => id))
  const missing = added.filter(({ id, name }) => !listed.has(id) && isSoughtBy(name, search))
  if (missing.length === 0) return people
  return [...people, ...missing].toSorted((a, b) => compareNames(a.name, b.name))
}

function idOf({ id }: Person): string {
  return id
}

function Candidate(props: {
  person: Person
  isAdded: boolean
  isBusy: boolean
  onAdd: () => void
}) {
  const { person, ...button } = props
  return (
    <div className="flex min-h-13 items-center gap-3 rounded-control px-2 py-1">
      <PersonAvatar person={person} />
      <span className="min-w-0 flex-1">
        <PersonName person={person} isMe={false} />
      </span>
      <AddButton name={person.name} {...button} />
    </div>
  )
}

/** Once pressed, it stays in place and says "Added", because it has the focus. */
function AddButton(props: { name: string; isAdded: boolean; isBusy: boolean; onAdd: () => void }) {
  const { name, isAdded, isBusy, onAdd } = props
  return (
    <Button
      aria-label={t(isAdded ? words.addedThis : words.addThis, { person: name })}
      isBusy={isAdded || isBusy}
      className={isAdded ? 'border-transparent! text-soft opacity-100!' : ''}
      onClick={onAdd}
    >
      {t(isAdded ? words.added : words.add)}
    </Button>
  )
}
