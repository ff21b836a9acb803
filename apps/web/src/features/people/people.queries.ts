import { ME_KEY, PEOPLE_KEY } from '@conclave/client/keys/people.keys'
import { newerPeople } from '@conclave/client/parts/newer-people'
import {
  getMe,
  listPeople,
  updateMe,
  type Me,
  type People,
  type Person,
  type Status,
} from '@conclave/shared/people'
import { everyPerson } from '@conclave/shared/pages'
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { QueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useCall, type Call } from '../../server/call.ts'
import { isTransient, waitSeconds } from '../../server/problem-message.ts'

const NOBODY: Person[] = []
const ME_RETRY_MAX_MS = 3_000

function meQuery(call: Call) {
  return queryOptions({
    queryKey: ME_KEY,
    queryFn: () => call(getMe, {}),
    // Nothing can be shown without it, so it is retried until the server is back.
    retry: (_, error) => isTransient(error),
    retryDelay: (failures, error) =>
      Math.max((waitSeconds(error) ?? 0) * 1_000, Math.min(500 * 2 ** failures, ME_RETRY_MAX_MS)),
  })
}

function peopleQuery(call: Call, queryClient: QueryClient) {
  return queryOptions({
    queryKey: PEOPLE_KEY,
    queryFn: async () => {
      const fetched = await everyPerson((query) => call(listPeople, { query }))
      return newerPeople(queryClient.getQueryData<People>(PEOPLE_KEY), fetched)
    },
  })
}

/** Myself, with my entry in the team's list, which events keep up to date. */
export function useMe(): {
  me: Me | undefined
  /** Why the last attempt failed; a retry may already be running. */
  error: Error | null
  refetch: () => void
} {
  const call = useCall()
  const { data, failureReason: error, refetch } = useQuery(meQuery(call))
  const myId = data?.id
  const { data: mine } = useQuery({
    ...peopleQuery(call, useQueryClient()),
    // A newcomer's first call creates them; before that they may not list the team.
    enabled: myId !== undefined,
    select: ({ people }) => people.find(({ id }) => id === myId),
  })
  const me = useMemo(() => data && { ...data, ...mine }, [data, mine])
  return { me, error, refetch: () => void refetch() }
}

export function usePeople(): {
  people: Person[]
  byId: Map<string, Person>
  isLoading: boolean
} {
  const call = useCall()
  const { me } = useMe()
  const options = { ...peopleQuery(call, useQueryClient()), enabled: me !== undefined }
  const { data, isPending, error } = useQuery(options)
  const people = data?.people ?? NOBODY
  const byId = useMemo(() => new Map(people.map((person) => [person.id, person])), [people])
  return { people, byId, isLoading: isPending && !error }
}

export function useUpdateStatus() {
  const call = useCall()
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (status: Status) => call(updateMe, { body: { status } }),
    onSuccess: (me) => {
      queryClient.setQueryData<Me>(ME_KEY, me)
      showPerson(queryClient, me.id, { status: me.status })
    },
  })
}

/** Shows the result before its event arrives, which then says the same. */
export function showPerson(
  queryClient: QueryClient,
  personId: string,
  change: Partial<Person>,
): void {
  queryClient.setQueryData<People>(
    PEOPLE_KEY,
    (current) =>
      current && {
        ...current,
        people: current.people.map((person) =>
          person.id === personId ? { ...person, ...change } : person,
        ),
      },
  )
}
