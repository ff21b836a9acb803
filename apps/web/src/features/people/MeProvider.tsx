import { ME_KEY } from '@conclave/client/keys/people.keys'
import { getMe, type Me } from '@conclave/shared/people'
import { useQuery } from '@tanstack/react-query'
import { createContext, use, useMemo, type ReactNode } from 'react'
import { useCall } from '../../server/call.ts'
import { useFirstViewShown } from '../../server/first-view.ts'
import { isTransient, waitSeconds } from '../../server/problem-message.ts'
import { usePerson } from './people.queries.ts'

const RETRY_MAX_MS = 3_000

interface Myself {
  me: Me | undefined
  /** Why the last attempt failed; a retry may already be running. */
  error: Error | null
  refetch: () => void
}

const MyselfContext = createContext<Myself>({
  me: undefined,
  error: null,
  refetch: () => undefined,
})
const MyIdContext = createContext<string | undefined>(undefined)

/** Provides who I am, with what events say about me, once for the whole page. */
export function MeProvider({ children }: { children: ReactNode }) {
  const call = useCall()
  const query = useQuery({
    queryKey: ME_KEY,
    queryFn: () => call(getMe, {}),
    // Nothing can be shown without it, so it is retried until the server is back.
    retry: (_, error) => isTransient(error),
    retryDelay: (failures, error) =>
      Math.max((waitSeconds(error) ?? 0) * 1_000, Math.min(500 * 2 ** failures, RETRY_MAX_MS)),
  })
  const { data, failureReason: error, refetch } = query
  const isShown = useFirstViewShown()
  // What the first call answered is what others see of me, so nothing is asked for beside it.
  const mine = usePerson(isShown ? data?.id : undefined)
  const myself = useMemo<Myself>(
    () => ({ me: data && { ...data, ...mine }, error, refetch: () => void refetch() }),
    [data, mine, error, refetch],
  )
  return (
    <MyIdContext value={data?.id}>
      <MyselfContext value={myself}>{children}</MyselfContext>
    </MyIdContext>
  )
}

export function useMe(): Myself {
  return use(MyselfContext)
}

/** My id alone, for what shows nothing else of me. */
export function useMyId(): string | undefined {
  return use(MyIdContext)
}
