import { useEffect, useRef } from 'react'
import { messageElement } from '../../ui/focus-back.ts'
import type { Mounted } from './list-range.ts'
import type { MessageRow } from './message-rows.ts'
import type { Destination } from './use-destination.ts'

/**
 * Gives the focus to the message that a link has led to, as soon as it is mounted: its reader goes on from there, also with the
 * keyboard. Not to somebody who has begun to write meanwhile.
 */
export function useFocusLed(mounted: Mounted<MessageRow>, { nth, place, show }: Destination): void {
  const led = useRef<number>(undefined)
  const seq = show === 'link' && place !== 'end' ? place.seq : undefined
  useEffect(() => {
    if (seq === undefined || led.current === nth) return
    const row = mounted.rows.find((one) => one.kind === 'message' && one.message.seq === seq)
    const message = row?.kind === 'message' ? messageElement(row.message.id) : null
    if (row && !message) return
    led.current = nth
    if (!document.activeElement?.matches('input, textarea')) message?.focus({ preventScroll: true })
  }, [mounted, nth, seq])
}
