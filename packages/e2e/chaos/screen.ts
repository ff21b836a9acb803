import type { MessagePage } from '@conclave/shared/messages'

export interface ScreenFaults {
  /** Messages that stood twice on the screen at some moment. */
  duplicates: number
  /** Messages that did not follow the one above them at some moment. */
  outOfOrder: number
  /** Messages that were on the screen and went. */
  vanished: number
}

export interface Screen {
  readonly faults: Readonly<ScreenFaults>
  has(messageId: string): boolean
  page(): MessagePage
  show(next: MessagePage): void
}

/** Holds what somebody sees and looks at every state of it, not only at the last. */
export function createScreen(first: MessagePage): Screen {
  const faults: ScreenFaults = { duplicates: 0, outOfOrder: 0, vanished: 0 }
  let page = first
  let shown = new Set<string>()
  inspect(first)

  function show(next: MessagePage): void {
    if (next.messages.length < page.messages.length)
      faults.vanished += page.messages.length - next.messages.length
    if (next.messages !== page.messages) inspect(next)
    page = next
  }

  function inspect({ messages }: MessagePage): void {
    shown = new Set(messages.map(({ id }) => id))
    faults.duplicates += messages.length - shown.size
    faults.outOfOrder += messages.filter(({ seq }, index) => seq !== index + 1).length
  }

  return { faults, has: (messageId) => shown.has(messageId), page: () => page, show }
}
