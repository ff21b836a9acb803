import type { ReactNode } from 'react'
import { useLate } from './use-late.ts'

/** Nothing for 150 ms, then the outline of what is loading: for what is usually there by then. */
export function Skeleton(props: { label: string; children: ReactNode }) {
  const late = useLate(true, 150)
  return <Shape {...props} isShown={late} />
}

/** The outline of what is loading, at once: for a page that would otherwise begin empty. */
export function SkeletonAtOnce(props: { label: string; children: ReactNode }) {
  return <Shape {...props} isShown />
}

function Shape(props: { label: string; children: ReactNode; isShown: boolean }) {
  const { label, children, isShown } = props
  return (
    <div aria-busy="true" className="min-h-0 flex-1 overflow-clip">
      <span className="sr-only">{label}</span>
      {isShown && (
        <div className="breathe h-full" aria-hidden="true">
          {children}
        </div>
      )}
    </div>
  )
}

export function Bar({ className }: { className: string }) {
  return <div className={`rounded-control bg-selected forced-colors:border ${className}`} />
}
