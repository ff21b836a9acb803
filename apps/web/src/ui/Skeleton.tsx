import type { ReactNode } from 'react'
import { useLate } from './use-late.ts'

/** Nothing for 150 ms, then the shape of what is coming. */
export function Skeleton({ label, children }: { label: string; children: ReactNode }) {
  const late = useLate(true, 150)
  return (
    <div aria-busy="true" className="min-h-0 flex-1 overflow-clip">
      <span className="sr-only">{label}</span>
      {late && (
        <div className="breathe h-full" aria-hidden="true">
          {children}
        </div>
      )}
    </div>
  )
}

export function Bar({ className }: { className: string }) {
  return <div className={`rounded-control bg-selected ${className}`} />
}
