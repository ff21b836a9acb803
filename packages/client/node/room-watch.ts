import type { Channel } from '@conclave/shared/channels'
import type { Call } from '@conclave/shared/client'
import { listChanges, listMessages, type MessagePage } from '@conclave/shared/messages'
import type { QueryClient } from '@tanstack/query-core'
import { messagesKey } from '../src/keys/messages.keys.ts'
import type { Outcome } from '../src/replica/dispatch.ts'

/** What became of the events of one room, and what was asked because of them. */
export interface RoomCounts {
  /** Events folded because they were exactly next. */
  folded: number
  /** Events that came again and were dropped by their revision. */
  heldBack: number
  /** Events that came after a later one. */
  backwards: number
  /** Events that showed that something was missed. */
  gaps: number
  /** Events that the client would not believe. */
  refused: number
  catchUps: number
  reloads: number
  /** How often what was held was found to be another history than the server's. */
  repairs: number
}

interface Heard {
  rev: number
  type: string
  data: { id: string; seq: number }
}

/** One room of a client, looked at from outside: at each event, each request and each state of its page. */
export interface RoomWatch {
  readonly counts: Readonly<RoomCounts>
  /** The room's page as it is held now. */
  page: () => MessagePage | undefined
  /** The messages that were ever in it, by their seqs. */
  readonly shown: ReadonlySet<number>
  /** Those that an event brought although they were there, or that stood in it twice. */
  readonly twice: ReadonlySet<number>
  /** For `createConnection`. */
  onEvent: (channel: Channel, wire: unknown, outcome: Outcome | undefined) => void
  /** The same call, whose answers are counted. */
  counting: (call: Call) => Call
  close: () => void
}

/** Watches what a client holds of one room; `onPage` is given each state of it. */
export function watchRoom(options: {
  queryClient: QueryClient
  roomId: string
  onPage?: (page: MessagePage) => void
}): RoomWatch {
  const { queryClient, roomId, onPage } = options
  const counts = noCounts()
  const shown = new Set<number>()
  const twice = new Set<number>()
  let heardRev = 0
  /** The page as it was when it was last looked at. */
  let before: { rev: number; ids: ReadonlySet<string> } = { rev: 0, ids: new Set() }

  const page = () => queryClient.getQueryData<MessagePage>(messagesKey(roomId))
  const close = queryClient.getQueryCache().subscribe((event) => {
    if (event.type !== 'updated' || event.action.type !== 'success') return
    const [name, id] = event.query.queryKey
    if (name !== messagesKey(roomId)[0] || id !== roomId) return
    look(event.action.data as MessagePage)
  })

  function look(now: MessagePage): void {
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
    if (outcome === 'held') counts.heldBack += 1
    if (outcome === 'gap') counts.gaps += 1
    if (outcome === 'refused') counts.refused += 1
    if (outcome === 'folded') counts.folded += 1
    // What is refused may have no revision.
    if (outcome !== 'refused') noteRevision(wire as Heard)
  }

  function noteRevision({ rev, type, data }: Heard): void {
    if (rev < heardRev) counts.backwards += 1
    heardRev = rev
    const isFolded = before.rev < rev && page()?.rev === rev
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
    heldBack: 0,
    backwards: 0,
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
