import { keepingNamed } from '@conclave/client/people/keeping-named'
import { createPeopleLoader, type PeopleLoader } from '@conclave/client/people/people-loader'
import { useQueryClient } from '@tanstack/react-query'
import { createContext, use, useMemo, type ReactNode } from 'react'
import { CallContext, useCall } from './call.ts'

const HeldPeopleContext = createContext<PeopleLoader | undefined>(undefined)

/** Provides the people whom this page holds; every call below it keeps those whom an answer names. */
export function HeldPeopleProvider({ children }: { children: ReactNode }) {
  const call = useCall()
  const queryClient = useQueryClient()
  const { people, keeping } = useMemo(() => {
    const loader = createPeopleLoader({ call, queryClient })
    return { people: loader, keeping: keepingNamed(call, loader) }
  }, [call, queryClient])
  return (
    <HeldPeopleContext value={people}>
      <CallContext value={keeping}>{children}</CallContext>
    </HeldPeopleContext>
  )
}

export function useHeldPeople(): PeopleLoader {
  const people = use(HeldPeopleContext)
  if (!people) throw new Error('useHeldPeople needs a HeldPeopleProvider above it')
  return people
}
