import { Bar, SkeletonAtOnce } from './Skeleton.tsx'

const ROWS = ['w-32', 'w-40', 'w-24', 'w-36']

/** The outline of a list that is loading. */
export function RowsSkeleton({ label }: { label: string }) {
  return (
    <SkeletonAtOnce label={label}>
      <div className="p-3">
        {ROWS.map((width) => (
          <div key={width} className="flex min-h-13 items-center gap-3 px-2">
            <Bar className="size-9 rounded-full" />
            <Bar className={`h-3 ${width}`} />
          </div>
        ))}
      </div>
    </SkeletonAtOnce>
  )
}
