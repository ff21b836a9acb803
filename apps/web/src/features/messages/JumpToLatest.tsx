import { ArrowDown } from 'lucide-react'
import * as words from '../../words/en/messages.en.ts'
import { rich, t } from '../../words/say.ts'

export function JumpToLatest({ count, onJump }: { count: number; onJump: () => void }) {
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-3 flex justify-center">
      <button
        type="button"
        onClick={onJump}
        className="appear pointer-events-auto flex min-h-9 items-center gap-2 rounded-full border border-line bg-raised px-4 text-small font-medium shadow-float touch:min-h-11"
      >
        <ArrowDown className="size-4 text-soft" aria-hidden="true" />
        {t(words.jumpToLatest)}
        {count > 0 && (
          <span className="rounded-full bg-brass px-1.5 text-on-brass tabular-nums">
            {rich(words.newSince, { count, unseen: <span className="sr-only" /> })}
          </span>
        )}
      </button>
    </div>
  )
}
