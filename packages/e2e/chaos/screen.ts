import type { MessagePage } from '@conclave/shared/messages'

export interface ScreenFaults {
  /** Messages that stood twice on the screen at some moment. */
  duplicates: number
  /** Messages that did not follow the one above them at some moment. */
  outOfOrder: number
  /** Messages that were on the screen, in what is still shown of the room, and went. */
  vanished: number
}

export interface Screen {
  readonly faults: Readonly<ScreenFaults>
  show: (next: MessagePage) => void
}

/** Looks at every state of what somebody sees, not only at the last. */
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
      // A room that was loaded anew begins later, until its reader has scrolled up again.
      for (const [id, seq] of shown) if (seq >= first && !next.has(id)) faults.vanished += 1
      shown = next
    },
  }
}
