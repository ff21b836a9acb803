import type { Call } from '@conclave/shared/client'
import type { QueryClient } from '@tanstack/query-core'
import { keepingNamed } from '../src/people/keeping-named.ts'
import { createPeopleLoader, type PeopleLoader } from '../src/people/people-loader.ts'

/** A client's cache with the people that it holds, and the call that keeps there whom answers name. */
export function withPeople({ call, queryClient }: { call: Call; queryClient: QueryClient }): {
  call: Call
  queryClient: QueryClient
  people: PeopleLoader
} {
  const people = createPeopleLoader({ call, queryClient })
  return { call: keepingNamed(call, people), queryClient, people }
}
