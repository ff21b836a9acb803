import type { Call } from '@conclave/shared/client'
import { listMessages, type Message, type MessagePage } from '@conclave/shared/messages'
import type { Person } from './person.ts'

const LIMIT = '100'

/** Loads the page before a page, as scrolling up does. */
export async function loadOlder(
  call: Call,
  roomId: string,
  page: MessagePage,
): Promise<MessagePage> {
  const before = String(page.messages[0]?.seq ?? 0)
  return call(listMessages, { params: { roomId }, query: { before, limit: LIMIT } })
}

/** The room's messages from the server's pages, without any fold. */
export async function readPages({ call }: Person, roomId: string): Promise<Message[]> {
  const messages: Message[] = []
  for (;;) {
    const query = { after: String(messages.at(-1)?.seq ?? 0), limit: LIMIT }
    const page = await call(listMessages, { params: { roomId }, query })
    messages.push(...page.messages)
    if (page.reachesEnd) return messages
  }
}
