import { RowsSkeleton } from '../ui/RowsSkeleton.tsx'
import { loadingPage } from '../words/en/common.en.ts'
import { t } from '../words/say.ts'

/** The outline of a page that is still loading. */
export function PageSkeleton() {
  return (
    <>
      <div className="h-14 shrink-0 border-b border-line" />
      <div className="column px-3">
        <RowsSkeleton label={t(loadingPage)} />
      </div>
    </>
  )
}
