import { joinPages } from '@conclave/shared/messages.fold'
import { listMessages, type Message, type MessagePage } from '@conclave/shared/messages'
import type { Person } from './person.ts'

const LIMIT = '100'

/** The whole room, read upwards from its end as somebody who scrolls to the top does. */
export async function loadHistory({ call }: Person, roomId: string): Promise<MessagePage> {
  const params = { roomId }
  let page = await call(listMessages, { params, query: { limit: LIMIT } })
  while (!page.reachesStart) {
    const before = String(page.messages[0]?.seq ?? 0)
    const older = await call(listMessages, { params, query: { before, limit: LIMIT } })
    page = joinPages(older, page)
  }
  return page
}

/** The same room as the server's pages tell it, downwards and without any fold. */
export async function readPages({ call }: Person, roomId: string): Promise<Message[]> {
  const messages: Message[] = []
  for (;;) {
    const query = { after: String(messages.at(-1)?.seq ?? 0), limit: LIMIT }
    const page = await call(listMessages, { params: { roomId }, query })
    messages.push(...page.messages)
    if (page.reachesEnd) return messages
  }
}
