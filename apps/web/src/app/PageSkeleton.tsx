import { RowsSkeleton } from '../ui/RowsSkeleton.tsx'

/** The shape of a page that is not loaded yet. */
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
