import { useMemo, type ReactNode } from 'react'
import { useLocation } from 'react-router'
import { Boundary, type FallbackProps } from '../ui/Boundary.tsx'
import { Broken } from './Broken.tsx'
import type { Word } from '../words/word.ts'

/** A part of the page that may fail alone. It shows the error in its own place until somebody goes to another page. */
export function Region({ part, children }: { part: Word; children: ReactNode }) {
  const { pathname } = useLocation()
  const fallback = useMemo(
    () => (props: FallbackProps) => <Broken part={part} {...props} />,
    [part],
  )
  return (
    <Boundary fallback={fallback} resetKey={pathname}>
      {children}
    </Boundary>
  )
}
