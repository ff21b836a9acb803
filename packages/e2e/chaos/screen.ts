import type { MessagePage } from '@conclave/shared/messages'

export interface ScreenFaults {
  /** Messages that were twice on the screen at some moment. */
  duplicates: number
  /** Messages that did not follow the one above them at some moment. */
  outOfOrder: number
  /** Messages that disappeared from the part of the room that is still shown. */
  vanished: number
}

export interface Screen {
  readonly faults: Readonly<ScreenFaults>
  show: (next: MessagePage) => void
}

/** Checks every state of somebody's screen, not only the last. */
export function createScreen(): Screen {
  const faults: ScreenFaults = { duplicates: 0, outOfOrder: 0, vanished: 0 }
  let shown = new Map<string, number>()

  return {
    faults,
    show: ({ messages }) => {
      const first = messages[0]?.seq ?? 1
      const next = new Map(messages.map(({ id, seq }) => [id, seq]))
      faults.duplicates += messages.length - next.size
      faults.outOfOrder += messages.filter(({ seq }, index) => seq !== first + index).length
      // A room that was loaded again begins later, until its reader has scrolled up again.
      for (const [id, seq] of shown) if (seq >= first && !next.has(id)) faults.vanished += 1
      shown = next
    },
  }
}
