import { useEffect, useState } from 'react'
import { shownDate } from '../../words/dates.ts'
import { linkOpened } from '../../words/en/messages.en.ts'
import { someone } from '../../words/en/people.en.ts'
import { t } from '../../words/say.ts'
import { usePersonName } from '../people/people.queries.ts'
import type { Mounted } from './list-range.ts'
import type { MessageRow, ShownMessage } from './message-rows.ts'
import type { TimeFormats } from './MessageItem.tsx'
import type { Destination } from './use-destination.ts'
import { useFocusLed } from './use-focus-led.ts'

const MARKED_MS = 3_000

/** The seq of the message that a link has just led to, for a moment; it has the focus from then on. */
export function useMarked(
  destination: Destination,
  mounted: Mounted<MessageRow>,
): number | undefined {
  useFocusLed(mounted, destination)
  const { nth, place, show } = destination
  const [over, setOver] = useState<number>()
  const isMarked = show === 'link' && place !== 'end' && over !== nth
  useEffect(() => {
    if (!isMarked) return
    const timer = setTimeout(() => setOver(nth), MARKED_MS)
    return () => clearTimeout(timer)
  }, [isMarked, nth])
  return isMarked ? place.seq : undefined
}

/** Says to screen readers what the mark shows. */
export function MarkedStatus(props: {
  rows: readonly MessageRow[]
  seq: number | undefined
  formats: TimeFormats
}) {
  const { rows, seq, formats } = props
  const row = rows.find((one) => one.kind === 'message' && one.message.seq === seq)
  return (
    <output className="sr-only">
      {seq !== undefined && row?.kind === 'message' && (
        <Opened message={row.message} formats={formats} />
      )}
    </output>
  )
}

function Opened({ message, formats }: { message: ShownMessage; formats: TimeFormats }) {
  const person = usePersonName(message.authorId) ?? t(someone)
  return t(linkOpened, { person, time: shownDate(formats.full, new Date(message.createdAt)) })
}
