import { RowsSkeleton } from '../ui/RowsSkeleton.tsx'

/** The outline of a page that is still loading. */
export function PageSkeleton() {
  return (
    <>
      <div className="h-14 shrink-0 border-b border-line" />
      <div className="column px-3">
        <RowsSkeleton label="Loading the page" />
      </div>
    </>
  )
}
