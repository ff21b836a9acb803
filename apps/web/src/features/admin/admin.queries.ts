import { PEOPLE_KEY } from '@conclave/client/keys/people.keys'
import {
  blockPerson,
  listAdminPeople,
  unblockPerson,
  updatePersonRole,
  type AdminPerson,
} from '@conclave/shared/admin'
import { everyPage } from '@conclave/shared/pages'
import type { People, WorkspaceRole } from '@conclave/shared/people'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useCall } from '../../server/call.ts'
import { showPerson } from '../people/people.queries.ts'
import { isUnderWay } from './access-steps.ts'

const ADMIN_PEOPLE_KEY = ['admin-people'] as const
const REFETCH_MS = 1_500

interface AdminPeople {
  people: AdminPerson[]
}

/** Everybody with their access; fetched again at intervals while a step is still under way. */
export function useAdminPeople(): {
  people: AdminPerson[] | undefined
  error: Error | null
  refetch: () => void
} {
  const call = useCall()
  const queryClient = useQueryClient()
  const { data, error, refetch } = useQuery({
    queryKey: ADMIN_PEOPLE_KEY,
    queryFn: async (): Promise<AdminPeople> => {
      const pages = await everyPage((query) => call(listAdminPeople, { query }))
      return { people: pages.flatMap(({ people }) => people) }
    },
    staleTime: 0,
    // Names and roles are already known from the team's list; what only owners and admins see follows.
    placeholderData: () => asFarAsKnown(queryClient.getQueryData<People>(PEOPLE_KEY)),
    refetchInterval: ({ state }) => (state.data?.people.some(isUnderWay) ? REFETCH_MS : false),
  })
  useEffect(
    () =>
      // A change by somebody else arrives as a change of the team.
      queryClient.getQueryCache().subscribe(({ type, query }) => {
        if (type === 'updated' && query.queryKey[0] === PEOPLE_KEY[0]) void refetch()
      }),
    [queryClient, refetch],
  )
  return { people: data?.people, error, refetch: () => void refetch() }
}

function asFarAsKnown(team: People | undefined): AdminPeople | undefined {
  if (!team) return undefined
  const unknown = {
    email: '',
    emailVerified: true,
    blockedAt: null,
    blockedReason: null,
    steps: [],
  }
  return { people: team.people.map((person) => ({ ...person, ...unknown })) }
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
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: ({ personId, role }: { personId: string; role: WorkspaceRole }) =>
      call(updatePersonRole, { params: { personId }, body: { role } }),
    onSuccess: (person) => {
      show(person)
      // It may have been my own role.
      showPerson(queryClient, person.id, { role: person.role })
    },
  })
}

function useShowPerson() {
  const queryClient = useQueryClient()
  return (person: AdminPerson) =>
    queryClient.setQueryData<AdminPeople>(
      ADMIN_PEOPLE_KEY,
      (current) =>
        current && {
          people: current.people.map((other) => (other.id === person.id ? person : other)),
        },
    )
}
