import { SEARCH_MAX_CHARS } from '@conclave/shared/paging'
import type { Me } from '@conclave/shared/people'
import { useMemo, type ReactNode } from 'react'
import { useAdminPeople } from '../features/admin/admin.queries.ts'
import { AdminPeople } from '../features/admin/AdminPeople.tsx'
import { useMe } from '../features/people/MeProvider.tsx'
import { usePeople } from '../features/people/people-list.queries.ts'
import { PeopleList } from '../features/people/PeopleList.tsx'
import { errorMessage } from '../server/problem-message.ts'
import type { Pages } from '../server/use-pages.ts'
import { Button } from '../ui/Button.tsx'
import { Found } from '../ui/Found.tsx'
import { Problem } from '../ui/Problem.tsx'
import { RowsSkeleton } from '../ui/RowsSkeleton.tsx'
import { SearchField } from '../ui/SearchField.tsx'
import { useOnceTrue } from '../ui/use-once-true.ts'
import { useSearch } from '../ui/use-search.ts'
import { Page } from './Page.tsx'
import { requestIdOf } from './request-id.ts'
import { tryAgain } from '../words/en/common.en.ts'
import * as words from '../words/en/team.en.ts'
import { rich, t } from '../words/say.ts'

/** A shorter list is looked through faster than it is searched. */
const SEARCHED_FROM = 20

/** Everybody in the team; for owners and admins also their access and roles. */
export function PeoplePage() {
  const { me } = useMe()
  return (
    <Page title={t(words.people)}>
      {me && (me.role === 'member' ? <Colleagues me={me} /> : <Administered me={me} />)}
    </Page>
  )
}

function Colleagues({ me }: { me: Me }) {
  const { text, setText, search } = useSearch()
  const list = usePeople(search)
  const people = useMemo(() => list.pages?.flatMap((page) => page.people), [list.pages])
  return (
    <Searched list={list} people={people} text={text} onText={setText} search={search}>
      {people && (
        <PeopleList people={people} myId={me.id} more={list.more} isStale={list.isStale} />
      )}
    </Searched>
  )
}

function Administered({ me }: { me: Me }) {
  const { text, setText, search } = useSearch()
  const list = useAdminPeople(search)
  const people = useMemo(() => list.pages?.flatMap((page) => page.people), [list.pages])
  const owners = list.pages?.[0]?.owners ?? 0
  return (
    <Searched list={list} people={people} text={text} onText={setText} search={search}>
      {people && (
        <AdminPeople
          people={people}
          owners={owners}
          me={me}
          more={list.more}
          isStale={list.isStale}
          onChanged={list.refetch}
        />
      )}
    </Searched>
  )
}

/** The list, with a field to search it once it is long. */
function Searched(props: {
  list: Pages<{ next?: string | undefined }>
  people: readonly unknown[] | undefined
  text: string
  onText: (text: string) => void
  search: string
  children: ReactNode
}) {
  const { list, people, text, onText, search, children } = props
  const { isStale, error, more } = list
  const isLong = people !== undefined && (people.length > SEARCHED_FROM || more.hasMore)
  // It stays, however little is found.
  const isOffered = useOnceTrue(isLong)
  if (!people && !error) return <RowsSkeleton label={t(words.loadingPeople)} />
  return (
    <>
      {isOffered && (
        <SearchField
          label={t(words.findPerson)}
          text={text}
          maxLength={SEARCH_MAX_CHARS}
          onText={onText}
        />
      )}
      {error && (!people || isStale) ? (
        <Problem
          title={t(words.peopleNotLoaded)}
          detail={errorMessage(error)}
          requestId={requestIdOf(error)}
        >
          <Button onClick={list.refetch}>{t(tryAgain)}</Button>
        </Problem>
      ) : (
        <>
          <Found
            search={search}
            isStale={isStale}
            count={people?.length ?? 0}
            hasMore={more.hasMore}
            found={words.peopleFound}
          >
            {rich(words.nobodyNamed, { search: <bdi />, text: search })}
          </Found>
          {children}
        </>
      )}
    </>
  )
}
