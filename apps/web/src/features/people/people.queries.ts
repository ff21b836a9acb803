import {
  getMe,
  listPeople,
  updateMe,
  type Me,
  type People,
  type Person,
  type Status,
} from '@conclave/shared/people'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { QueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useCall, type Call } from '../../server/call.ts'
import { ME_KEY, PEOPLE_KEY } from './people.keys.ts'
import { newerPeople } from './newer-people.ts'

const NOBODY: Person[] = []

export function meQuery(call: Call) {
  return queryOptions({ queryKey: ME_KEY, queryFn: () => call(getMe, {}) })
}

export function peopleQuery(call: Call, queryClient: QueryClient) {
  return queryOptions({
    queryKey: PEOPLE_KEY,
    queryFn: async () => {
      const fetched = await call(listPeople, {})
      return newerPeople(queryClient.getQueryData<People>(PEOPLE_KEY), fetched)
    },
  })
}

export function useMe(): { me: Me | undefined; isLoading: boolean; error: Error | null } {
  const { data, isLoading, error } = useQuery(meQuery(useCall()))
  return { me: data, isLoading, error }
}

export function usePeople(): {
  people: Person[]
  byId: Map<string, Person>
  isLoading: boolean
  error: Error | null
} {
  const call = useCall()
  const { me } = useMe()
  // The first call of a newcomer creates them; until then there is no team to list.
  const options = { ...peopleQuery(call, useQueryClient()), enabled: me !== undefined }
  const { data, isPending, error } = useQuery(options)
  const people = data?.people ?? NOBODY
  const byId = useMemo(() => new Map(people.map((person) => [person.id, person])), [people])
  return { people, byId, isLoading: isPending && !error, error }
}

export function useUpdateStatus() {
  const call = useCall()
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (status: Status) => call(updateMe, { body: { status } }),
    onSuccess: (me) => queryClient.setQueryData<Me>(ME_KEY, me),
  })
}
