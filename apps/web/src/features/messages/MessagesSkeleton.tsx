import { Bar, Skeleton } from '../../ui/Skeleton.tsx'
import { loadingMessages } from '../../words/en/messages.en.ts'
import { t } from '../../words/say.ts'

const GROUPS = [
  { name: 'w-20', lines: ['w-3/5'] },
  { name: 'w-28', lines: ['w-4/5', 'w-2/5'] },
  { name: 'w-16', lines: ['w-1/2'] },
  { name: 'w-24', lines: ['w-3/4', 'w-2/3'] },
]

export function MessagesSkeleton() {
  return (
    <Skeleton label={t(loadingMessages)}>
      <div className="column flex h-full flex-col justify-end gap-5 px-5 pb-4 max-wide:px-4">
        {GROUPS.map(({ name, lines }) => (
          <div key={name} className="flex gap-3">
            <Bar className="size-9 rounded-full!" />
            <div className="grid max-w-[72ch] flex-1 content-start gap-2.5 pt-1">
              <Bar className={`h-3 ${name}`} />
              {lines.map((width) => (
                <Bar key={width} className={`h-3 ${width}`} />
              ))}
            </div>
          </div>
        ))}
      </div>
    </Skeleton>
  )
}
