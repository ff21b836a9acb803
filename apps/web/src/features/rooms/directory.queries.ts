import { listDirectory, type DirectoryRoom } from '@conclave/shared/rooms'
import { useQuery } from '@tanstack/react-query'
import { useCall } from '../../server/call.ts'
import { compareNames } from './room-name.ts'

/** The open rooms by name. No event tells of them, so they are asked for at each visit. */
export function useDirectory(): {
  rooms: DirectoryRoom[] | undefined
  error: Error | null
  refetch: () => void
} {
  const call = useCall()
  const { data, error, refetch } = useQuery({
    queryKey: ['directory'],
    queryFn: () => call(listDirectory, {}),
    select: ({ rooms }) => rooms.toSorted((a, b) => compareNames(a.name, b.name)),
    staleTime: 0,
  })
  return { rooms: data, error, refetch: () => void refetch() }
}
