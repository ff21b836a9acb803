import { listPeople, type People } from '@conclave/shared/people'
import { useCall } from '../../server/call.ts'
import { useHeldPeople } from '../../server/HeldPeopleProvider.tsx'
import { usePages, type Pages } from '../../server/use-pages.ts'

/** The people of the team by name. Events keep those on the screen up to date; each visit fetches the list again. */
export function usePeople(search: string): Pages<People & { next?: string | undefined }> {
  const call = useCall()
  const held = useHeldPeople()
  return usePages({
    queryKey: ['team'],
    search,
    load: async (query) => {
      const page = await call(listPeople, { query })
      held.keep(page)
      return page
    },
  })
}
