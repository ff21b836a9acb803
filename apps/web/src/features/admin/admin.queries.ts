import {
  blockPerson,
  listAdminPeople,
  unblockPerson,
  updatePersonRole,
  type AdminPerson,
} from '@conclave/shared/admin'
import type { Result } from '@conclave/shared/contract'
import type { WorkspaceRole } from '@conclave/shared/people'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useCall } from '../../server/call.ts'
import { usePages, type PageQuery, type Pages, type PagesData } from '../../server/use-pages.ts'
import { useRefetched } from '../../server/use-refetched.ts'
import { showPerson, useListsRev } from '../people/people.queries.ts'
import { isUnderWay } from './access-steps.ts'

const ADMIN_PEOPLE_KEY = ['admin-people'] as const
const REFETCH_MS = 1_500

type AdminPage = Result<typeof listAdminPeople>

/** Everybody with their access, by name; fetched again when somebody joins; pages with a step under way at intervals. */
export function useAdminPeople(search: string): Pages<AdminPage> {
  const call = useCall()
  const list = usePages<AdminPage>({
    queryKey: ADMIN_PEOPLE_KEY,
    search,
    load: (query) => call(listAdminPeople, { query }),
  })
  useStepsFollowed(list, search)
  useRefetched(list, useListsRev())
  return list
}

function useStepsFollowed({ pages = [], refetch }: Pages<AdminPage>, search: string): void {
  const call = useCall()
  const queryClient = useQueryClient()
  const followed = pages.flatMap(({ people }, nth) => (people.some(isUnderWay) ? [nth] : [])).join()
  useEffect(() => {
    if (followed === '') return
    const queryKey = [...ADMIN_PEOPLE_KEY, search]
    const fetchPage = async (nth: number) => {
      const before = queryClient.getQueryData<PagesData<AdminPage>>(queryKey)
      const page = await call(listAdminPeople, { query: queryOf(search, before?.pageParams[nth]) })
      // The pages after it begin elsewhere.
      if (page.next !== before?.pages[nth]?.next) return refetch()
      queryClient.setQueryData<PagesData<AdminPage>>(
        queryKey,
        (current) => current && { ...current, pages: current.pages.with(nth, page) },
      )
    }
    const timer = setInterval(() => {
      // One that fails is fetched again at the next interval.
      void Promise.allSettled(followed.split(',').map((nth) => fetchPage(Number(nth))))
    }, REFETCH_MS)
    return () => clearInterval(timer)
  }, [followed, search, call, queryClient, refetch])
}

function queryOf(search: string, after: string | undefined): PageQuery {
  return { ...(search === '' ? {} : { search }), ...(after === undefined ? {} : { after }) }
}

export function useBlockPerson() {
  const call = useCall()
  const show = useShowPerson()
  return useMutation({
    mutationFn: ({ personId, reason }: { personId: string; reason: string }) =>
      call(blockPerson, { params: { personId }, body: reason === '' ? {} : { reason } }),
    onSuccess: show,
  })
}

export function useUnblockPerson() {
  const call = useCall()
  const show = useShowPerson()
  return useMutation({
    mutationFn: (personId: string) => call(unblockPerson, { params: { personId } }),
    onSuccess: show,
  })
}

export function useUpdatePersonRole() {
  const call = useCall()
  const show = useShowPerson()
  return useMutation({
    mutationFn: ({ personId, role }: { personId: string; role: WorkspaceRole }) =>
      call(updatePersonRole, { params: { personId }, body: { role } }),
    onSuccess: show,
  })
}

/** Shows the result before its event arrives, which then says the same; it may be about myself. */
function useShowPerson() {
  const queryClient = useQueryClient()
  return (person: AdminPerson) => {
    queryClient.setQueriesData<PagesData<AdminPage>>(
      { queryKey: ADMIN_PEOPLE_KEY },
      (current) =>
        current && { ...current, pages: current.pages.map((page) => withPerson(page, person)) },
    )
    showPerson(queryClient, person.id, { role: person.role, active: person.active })
  }
}

function withPerson(page: AdminPage, person: AdminPerson): AdminPage {
  const people = page.people.map((other) => (other.id === person.id ? person : other))
  return { ...page, people, owners: page.owners + ownersIn(people) - ownersIn(page.people) }
}

function ownersIn(people: readonly AdminPerson[]): number {
  return people.filter(({ role, active }) => role === 'owner' && active).length
}
