import { listDirectory, type DirectoryRoom } from '@conclave/shared/rooms'
import { useCall } from '../../server/call.ts'
import { usePages, type Pages } from '../../server/use-pages.ts'

/** The open rooms by name. No event reports changes to them, so each visit fetches them again. */
export function useDirectory(
  search: string,
): Pages<{ rooms: DirectoryRoom[]; next?: string | undefined }> {
  const call = useCall()
  return usePages({
    queryKey: ['directory'],
    search,
    load: (query) => call(listDirectory, { query }),
  })
}
