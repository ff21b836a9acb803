import type { Standing } from './person-standing.ts'

/** The status as a shape as well as a colour: full, barred, hollow, small. */
export function StatusDot({ status, className = '' }: { status: Standing; className?: string }) {
  return (
    <svg viewBox="0 0 10 10" aria-hidden="true" className={`size-2.5 shrink-0 ${className}`}>
      {status === 'available' && <circle cx="5" cy="5" r="5" className="fill-available" />}
      {status === 'busy' && (
        <>
          <circle cx="5" cy="5" r="5" className="fill-busy" />
          <rect x="2.25" y="4.1" width="5.5" height="1.8" rx=".9" className="fill-paper" />
        </>
      )}
      {status === 'away' && (
        <circle cx="5" cy="5" r="4" strokeWidth="2" className="fill-paper stroke-away" />
      )}
      {status === 'offline' && <circle cx="5" cy="5" r="2.5" className="fill-away" />}
    </svg>
  )
}
