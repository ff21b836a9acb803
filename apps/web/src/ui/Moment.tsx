const LOOKS = {
  day: new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' }),
  minute: new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' }),
  second: new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' }),
} as const

const FULL = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' })

/** A moment as exactly as it matters; all of it under the pointer. */
export function Moment({ at, to }: { at: string; to: keyof typeof LOOKS }) {
  const date = new Date(at)
  return (
    <time dateTime={at} title={FULL.format(date)} className="tabular-nums">
      {LOOKS[to].format(date)}
    </time>
  )
}
