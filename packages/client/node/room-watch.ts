import type { Channel } from '@conclave/shared/channels'
import type { Call } from '@conclave/shared/client'
import { listChanges, listMessages, type MessagePage } from '@conclave/shared/messages'
import type { QueryClient } from '@tanstack/query-core'
import { messagesKey } from '../src/keys/messages.keys.ts'
import type { Outcome } from '../src/replica/dispatch.ts'

/** Counts the outcomes of one room's events, and the requests that they caused. */
export interface RoomCounts {
  /** Events that were exactly next, and folded. */
  folded: number
  /** Events that were dropped because their revision was already included. */
  duplicates: number
  /** Events that arrived after a later one. */
  outOfOrder: number
  /** Events that showed that an earlier one was missed. */
  gaps: number
  /** Events that failed the client's checks. */
  refused: number
  catchUps: number
  reloads: number
  /** How often the client's copy differed from the server's history and was loaded again. */
  repairs: number
}

interface ReceivedEvent {
  rev: number
  type: string
  data: { id: string; seq: number }
}

/** Observes one room of a client: its events, its requests and each state of its page. */
export interface RoomWatch {
  readonly counts: Readonly<RoomCounts>
  /** The room's page in the cache now. */
  page: () => MessagePage | undefined
  /** The seqs of all messages that were ever in the page. */
  readonly shown: ReadonlySet<number>
  /** The seqs of messages that were added again although the page had them, or that it had twice. */
  readonly twice: ReadonlySet<number>
  /** For `createConnection`. */
  onEvent: (channel: Channel, wire: unknown, outcome: Outcome | undefined) => void
  /** Wraps a call to count its answers. */
  counting: (call: Call) => Call
  close: () => void
}

/** Observes one room in a client's cache; `onPage` receives each new state of its page. */
export function watchRoom(options: {
  queryClient: QueryClient
  roomId: string
  onPage?: (page: MessagePage) => void
}): RoomWatch {
  const { queryClient, roomId, onPage } = options
  const counts = noCounts()
  const shown = new Set<number>()
  const twice = new Set<number>()
  let latestRev = 0
  /** The page's revision and message ids at its last update. */
  let before: { rev: number; ids: ReadonlySet<string> } = { rev: 0, ids: new Set() }

  const page = () => queryClient.getQueryData<MessagePage>(messagesKey(roomId))
  const close = queryClient.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'success') return
    const [name, id] = event.query.queryKey
    if (name !== messagesKey(roomId)[0] || id !== roomId) return
    checkPage(event.action.data as MessagePage)
  })

  function checkPage(now: MessagePage): void {
    before = { rev: now.rev, ids: new Set(now.messages.map((message) => message.id)) }
    const seqs = new Set<number>()
    for (const { seq } of now.messages) {
      if (seqs.has(seq)) twice.add(seq)
      seqs.add(seq)
      shown.add(seq)
    }
    onPage?.(now)
  }

  function onEvent(channel: Channel, wire: unknown, outcome: Outcome | undefined): void {
    if (channel.kind !== 'room' || channel.roomId !== roomId) return
    if (outcome === 'duplicate') counts.duplicates += 1
    if (outcome === 'gap') counts.gaps += 1
    if (outcome === 'refused') counts.refused += 1
    if (outcome === 'folded') counts.folded += 1
    // A refused event may have no revision.
    if (outcome !== 'refused') noteRevision(wire as ReceivedEvent, outcome)
  }

  /** All events of a frame are in the page by now, and `before` is still the page before the frame. */
  function noteRevision({ rev, type, data }: ReceivedEvent, outcome: Outcome | undefined): void {
    if (rev < latestRev) counts.outOfOrder += 1
    latestRev = rev
    const isFolded = outcome === 'folded' && before.rev < rev && (page()?.rev ?? 0) >= rev
    if (isFolded && type === 'message.posted' && before.ids.has(data.id)) twice.add(data.seq)
  }

  return {
    counts,
    page,
    shown,
    twice,
    onEvent,
    close,
    counting: (call) => countAnswers(call, roomId, counts),
  }
}

function noCounts(): RoomCounts {
  return {
    folded: 0,
    duplicates: 0,
    outOfOrder: 0,
    gaps: 0,
    refused: 0,
    catchUps: 0,
    reloads: 0,
    repairs: 0,
  }
}

function countAnswers(call: Call, roomId: string, counts: RoomCounts): Call {
  return async (endpoint, input) => {
    const { params, query } = input as Partial<Record<string, Record<string, string>>>
    const answer = await call(endpoint, input)
    if (params?.['roomId'] !== roomId) return answer
    if (endpoint.path === listChanges.path) {
      counts.catchUps += 1
      if ((answer as { reset: boolean }).reset) counts.reloads += 1
    }
    if (endpoint.path === listMessages.path && query?.['repair']) counts.repairs += 1
    return answer
  }
}
