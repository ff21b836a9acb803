import type { ReactNode } from 'react'
import * as words from '../../words/en/messages.en.ts'
import { numeral, t } from '../../words/say.ts'

export function DayDivider({ label }: { label: string }) {
  return (
    <div className="column flex items-center gap-3 px-5 pt-5 pb-1 max-wide:px-4">
      <span className="h-px flex-1 bg-line" />
      <h2 className="text-small font-medium text-soft">{label}</h2>
      <span className="h-px flex-1 bg-line" />
    </div>
  )
}

/** Above the first message that I had not read when I opened the room, or that came while I was not at its end. */
export function NewDivider({ count }: { count: number }) {
  return (
    <div className="column flex items-center gap-3 px-5 pt-3 max-wide:px-4">
      <span className="h-px flex-1 bg-brass-line" />
      <span className="flex gap-1.5 text-small font-semibold text-brass">
        <span>{t(words.unread)}</span>
        <span className="font-normal tabular-nums">{numeral(count)}</span>
      </span>
    </div>
  )
}

export function RoomStart({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="column px-5 pt-16 pb-3 max-wide:px-4">
      <p className="written text-display font-semibold tracking-tight">{name}</p>
      <p className="text-soft">{t(words.beginningOfRoom)}</p>
      {children}
    </div>
  )
}
