import { endSession, listSessions, type Session } from '@conclave/shared/sessions'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useConnection } from '../../realtime/RealtimeProvider.tsx'
import { useCall } from '../../server/call.ts'

const SESSIONS_KEY = ['sessions'] as const

interface Sessions {
  sessions: Session[]
}

/** Where I am signed in: this place first, then the most recently used. */
export function useSessions(): {
  sessions: Session[] | undefined
  error: Error | null
  refetch: () => void
} {
  const call = useCall()
  const { data, error, refetch } = useQuery({
    queryKey: SESSIONS_KEY,
    queryFn: () => call(listSessions, {}),
    select: ({ sessions }) => sessions.toSorted(byNearness),
    staleTime: 0,
  })
  return { sessions: data, error, refetch: () => void refetch() }
}

export function useEndSession() {
  const call = useCall()
  const queryClient = useQueryClient()
  const { refresh } = useConnection()
  return useMutation({
    mutationFn: (sessionId: string) => call(endSession, { params: { sessionId } }),
    onSuccess: (_, ended) => {
      queryClient.setQueryData<Sessions>(
        SESSIONS_KEY,
        (current) => current && { sessions: current.sessions.filter(({ id }) => id !== ended) },
      )
      // Ending a session rekeys all my channels; this follows them at once.
      void refresh()
    },
    onError: () => queryClient.invalidateQueries({ queryKey: SESSIONS_KEY }),
  })
}

function byNearness(a: Session, b: Session): number {
  if (a.current !== b.current) return a.current ? -1 : 1
  return a.lastSeenAt < b.lastSeenAt ? 1 : -1
}
