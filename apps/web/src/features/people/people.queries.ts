import { ME_KEY, PEOPLE_KEY } from '@conclave/client/keys/people.keys'
import { updateMe, type Me, type Person, type Status } from '@conclave/shared/people'
import type { HeldPeople } from '@conclave/shared/people.fold'
import {
  skipToken,
  useMutation,
  useQuery,
  useQueryClient,
  type QueryClient,
} from '@tanstack/react-query'
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { useCall } from '../../server/call.ts'
import { useHeldPeople } from '../../server/HeldPeopleProvider.tsx'

/** A person, from when they are known; renders again only when something about them changes. */
export function usePerson(id: string | undefined): Person | undefined {
  const people = useHeldPeople()
  useEffect(() => (id === undefined ? undefined : people.need([id])), [people, id])
  // The same object until something about them changes.
  const held = () => (id === undefined ? undefined : people.held()?.byId.get(id)?.person)
  return useSyncExternalStore(people.subscribe, held)
}

/** A person's name alone, which a change of their status does not change. */
export function usePersonName(id: string): string | undefined {
  const people = useHeldPeople()
  useEffect(() => people.need([id]), [people, id])
  return useSyncExternalStore(people.subscribe, () => people.held()?.byId.get(id)?.person?.name)
}

/** The names of these people, as far as they are known; the same function until one of them changes. */
export function useNamesOf(ids: readonly string[]): (id: string) => string | undefined {
  const people = useHeldPeople()
  useEffect(() => people.need(ids), [people, ids])
  const names = useOfHeld(({ byId }) => ids.map((id) => byId.get(id)?.person?.name ?? null))
  return useMemo(() => {
    const nameOf = new Map(ids.map((id, nth) => [id, names?.[nth] ?? undefined]))
    return (id) => nameOf.get(id)
  }, [ids, names])
}

/** The revision at which lists of people last changed. */
export function useListsRev(): number {
  return useOfHeld(({ listsRev }) => listsRev) ?? 0
}

/** Selected from the people whom this page holds; events and answers change them, and nothing fetches them all. */
function useOfHeld<Selected>(select: (held: HeldPeople) => Selected): Selected | undefined {
  const { data } = useQuery<HeldPeople, Error, Selected>({
    queryKey: PEOPLE_KEY,
    queryFn: skipToken,
    // What is selected stays the same object until it changes.
    structuralSharing: true,
    select,
  })
  return data
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
  queryClient.setQueryData<HeldPeople>(PEOPLE_KEY, (held) => {
    const entry = held?.byId.get(personId)
    if (!held || !entry?.person) return held
    const byId = new Map(held.byId)
    return {
      ...held,
      byId: byId.set(personId, { ...entry, person: { ...entry.person, ...change } }),
    }
  })
}
