import { keepingNamed } from '@conclave/client/people/keeping-named'
import { createPeopleLoader, type PeopleLoader } from '@conclave/client/people/people-loader'
import { PEOPLE_KEY } from '@conclave/client/keys/people.keys'
import type { HeldPeople } from '@conclave/shared/people.fold'
import {
  notifyManager,
  QueryObserver,
  skipToken,
  useQueryClient,
  type QueryClient,
} from '@tanstack/react-query'
import { createContext, use, useMemo, type ReactNode } from 'react'
import { CallContext, useCall } from './call.ts'

interface HeldStore {
  subscribe: (listener: () => void) => () => void
  held: () => HeldPeople | undefined
}

const HeldPeopleContext = createContext<(PeopleLoader & HeldStore) | undefined>(undefined)

/** Provides the people whom this page holds; every call below it keeps those whom an answer names. */
export function HeldPeopleProvider({ children }: { children: ReactNode }) {
  const call = useCall()
  const queryClient = useQueryClient()
  const { people, keeping } = useMemo(() => {
    const loader = createPeopleLoader({ call, queryClient })
    return {
      people: { ...loader, ...createHeldStore(queryClient) },
      keeping: keepingNamed(call, loader),
    }
  }, [call, queryClient])
  return (
    <HeldPeopleContext value={people}>
      <CallContext value={keeping}>{children}</CallContext>
    </HeldPeopleContext>
  )
}

export function useHeldPeople(): PeopleLoader & HeldStore {
  const people = use(HeldPeopleContext)
  if (!people) throw new Error('useHeldPeople needs a HeldPeopleProvider above it')
  return people
}

/** One observer for all who show a person: one for each of them is most of what it takes to show a message. */
function createHeldStore(queryClient: QueryClient): HeldStore {
  const observer = new QueryObserver<HeldPeople>(queryClient, {
    queryKey: PEOPLE_KEY,
    queryFn: skipToken,
  })
  return {
    subscribe: (listener) => observer.subscribe(notifyManager.batchCalls(listener)),
    held: () => queryClient.getQueryData<HeldPeople>(PEOPLE_KEY),
  }
}
