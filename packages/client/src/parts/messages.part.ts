import type { Query } from '@conclave/shared/contract'
import type { RoomEvent } from '@conclave/shared/events'
import { agrees, comparedRun } from '@conclave/shared/messages.compare'
import {
  catchUpMessages,
  foldMessages,
  isBeyondNext,
  joinPages,
  shortened,
} from '@conclave/shared/messages.fold'
import { listMessages, PAGE_SIZE, type Message, type MessagePage } from '@conclave/shared/messages'
import { LIST_PAGE_MAX } from '@conclave/shared/paging'
import {
  ALL_MESSAGES_KEY,
  ALL_PENDING_KEY,
  ALL_REACTIONS_KEY,
  messagesKey,
} from '../keys/messages.keys.ts'
import { entryAt, type ChangingPart, type LoadAgain } from './part-kinds.ts'

/** A run of a room's messages without gaps. */
export const messages: ChangingPart<MessagePage> = {
  stream: 'room',
  entry: entryAt(messagesKey),
  fold: foldMessages,
  catchUp: catchUpMessages,
  check: (event, context) => {
    const message = messageOf(event)
    if (!message) return true
    // Otherwise a forged event could change an old message, or one far above that nobody reads again.
    if (message.roomId !== context.id) return false
    if (message.rev !== context.rev) return false
    return context.next === undefined || fits(context.next, message)
  },
  showsGap: (event, page) => {
    const message = messageOf(event)
    return message !== undefined && isBeyondNext(page, message)
  },
  load: loadAgain,
  keys: ALL_MESSAGES_KEY,
  forgets: [ALL_MESSAGES_KEY, ALL_PENDING_KEY, ALL_REACTIONS_KEY],
  compare: {
    query: (page) => {
      const run = comparedRun(page)
      return run ? { from: String(run.from), to: String(run.to) } : {}
    },
    agrees,
  },
}

/** The newest page of a run that reaches the end; one of the past is loaded where it is, so that its reader stays there. */
async function loadAgain({
  call,
  id,
  isRepair,
  before,
}: LoadAgain<MessagePage>): Promise<MessagePage> {
  const ask = (query: Query<typeof listMessages>) =>
    call(listMessages, {
      params: { roomId: id },
      query: { ...query, ...(isRepair ? { repair: 'true' as const } : {}) },
    })
  const [first, last] = [before?.messages[0]?.seq, before?.messages.at(-1)?.seq]
  if (before?.reachesEnd !== false || first === undefined || last === undefined)
    return ask({ limit: String(PAGE_SIZE) })
  const limit = String(LIST_PAGE_MAX)
  let page = await ask({ after: String(first - 1), limit })
  while (!page.reachesEnd && (page.messages.at(-1)?.seq ?? last) < last) {
    const next = await ask({ after: String(page.messages.at(-1)?.seq), limit })
    page = joinPages(page, next) ?? next
  }
  return shortened(page, { from: 'start', max: last - first + 1 })
}

/** Every event about a message has the message in its current state. */
function messageOf(event: RoomEvent): Message | undefined {
  return 'seq' in event.data ? event.data : undefined
}

/** Whether a true event can have this message: of a known one, no other than this can become. */
function fits({ messages }: MessagePage, message: Message): boolean {
  const known = messages.find(({ id, seq }) => id === message.id || seq === message.seq)
  return known === undefined || (isSame(known, message) && canBecome(known, message))
}

/** A known message keeps its id, seq, author and time. */
function isSame(known: Message, message: Message): boolean {
  return (
    known.id === message.id &&
    known.seq === message.seq &&
    known.authorId === message.authorId &&
    known.createdAt === message.createdAt
  )
}

/** Nothing of a removed message changes any more, and nothing is left in it; a text does not change without saying so. */
function canBecome(known: Message, message: Message): boolean {
  // Of two pages that were joined, one may be of a later revision.
  if (known.rev >= message.rev) return true
  if (known.removed) return false
  if (message.removed) return message.text === ''
  return message.text === known.text || (message.editedAt ?? '') > (known.editedAt ?? '')
}
