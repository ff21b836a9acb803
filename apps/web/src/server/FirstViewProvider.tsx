import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useMemo, useState, type ReactNode } from 'react'
import { FirstViewContext, firstViewShown, type FirstView } from './first-view.ts'

/** Waits for the first view, once for the whole page, and keeps the parts that were loaded after it. */
export function FirstViewProvider({ children }: { children: ReactNode }) {
  const queryClient = useQueryClient()
  const [isShown, setIsShown] = useState(false)
  const [loaded] = useState<FirstView['loaded']>(() => new Map())
  useEffect(() => {
    void firstViewShown(queryClient).then(() => setIsShown(true))
  }, [queryClient])
  const firstView = useMemo(() => ({ isShown, loaded }), [isShown, loaded])
  return <FirstViewContext value={firstView}>{children}</FirstViewContext>
}
