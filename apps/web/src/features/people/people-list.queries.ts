import { listPeople, type People } from '@conclave/shared/people'
import { useCall } from '../../server/call.ts'
import { useHeldPeople } from '../../server/HeldPeopleProvider.tsx'
import { usePages, type Pages } from '../../server/use-pages.ts'
import { useRefetched } from '../../server/use-refetched.ts'
import { useListsRev } from './people.queries.ts'

/** The people of the team by name. Events keep those on the screen up to date; when somebody joins, the list is fetched again. */
export function usePeople(search: string): Pages<People & { next?: string | undefined }> {
  const call = useCall()
  const held = useHeldPeople()
  const list = usePages<People & { next?: string | undefined }>({
    queryKey: ['team'],
    search,
    load: async (query) => {
      const page = await call(listPeople, { query })
      held.keep(page)
      return page
    },
  })
  useRefetched(list, useListsRev())
  return list
}
