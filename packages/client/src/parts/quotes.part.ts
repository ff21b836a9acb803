import type { Call } from '@conclave/shared/client'
import { listQuotes, QUOTES_MAX } from '@conclave/shared/quotes'
import { catchUpQuotes, foldQuotes, withNewer, type HeldQuotes } from '@conclave/shared/quotes.fold'
import { ALL_QUOTES_KEY, quotesKey } from '../keys/messages.keys.ts'
import { entryAt, type ChangingPart, type Confirming } from './part-kinds.ts'

/** What a room's replies show of the messages that they answer, wherever in the room these are. */
export const quotes: ChangingPart<HeldQuotes> = {
  stream: 'room',
  entry: entryAt(quotesKey),
  fold: foldQuotes,
  catchUp: catchUpQuotes,
  check: (event, { next }) => {
    if (!('seq' in event.data)) return true
    const known = next?.byId[event.data.id]
    if (!known) return true
    if (known.removed && !event.data.removed) return false
    return known.seq === event.data.seq && known.authorId === event.data.authorId
  },
  // No digest has them, because most of their messages are not in the page.
  unconfirmedBy: (event, _, { byId }) =>
    'seq' in event.data && byId[event.data.id] !== undefined ? [event.data.id] : [],
  load: ({ call, id, before }) => askForQuotes(call, id, Object.keys(before?.byId ?? {})),
  confirm,
  keys: ALL_QUOTES_KEY,
  forgets: [ALL_QUOTES_KEY],
}

/** The quotes of these messages, of which the room may not have some. */
export async function askForQuotes(
  call: Call,
  roomId: string,
  ids: readonly string[],
): Promise<HeldQuotes> {
  const chunks = Array.from({ length: Math.ceil(ids.length / QUOTES_MAX) }, (_, nth) =>
    ids.slice(nth * QUOTES_MAX, (nth + 1) * QUOTES_MAX),
  )
  const answers = await Promise.all(
    chunks.map((some) => call(listQuotes, { params: { roomId }, query: { ids: some.join(',') } })),
  )
  const found = answers.flatMap((answer) => answer.quotes)
  return {
    rev: Math.min(...answers.map(({ rev }) => rev)),
    byId: {
      ...Object.fromEntries(ids.map((id) => [id, null])),
      ...Object.fromEntries(found.map((quote) => [quote.id, quote])),
    },
  }
}

/** Of an answer what the state does not have, and of the rest what is newer; at the lower of both revisions. */
export function withAnswer(state: HeldQuotes | undefined, answer: HeldQuotes): HeldQuotes {
  if (!state) return answer
  const { byId } = answer
  const known = withNewer(
    state.byId,
    Object.values(byId).filter((quote) => quote !== null),
  )
  return { rev: Math.min(state.rev, answer.rev), byId: { ...byId, ...known } }
}

/** The server's word counts, unless an event has changed the quote again meanwhile: that one stays in doubt. */
async function confirm({ call, id, state: before, unconfirmed }: Confirming<HeldQuotes>) {
  const asked = [...unconfirmed].filter((one) => before.byId[one] !== undefined)
  if (asked.length === 0) return undefined
  const answer = await askForQuotes(call, id, asked)
  return {
    putInto: (state: HeldQuotes) => {
      const ids = asked.filter((one) => state.byId[one] === before.byId[one])
      const confirmed = Object.fromEntries(ids.map((one) => [one, answer.byId[one] ?? null]))
      return { state: { ...state, byId: { ...state.byId, ...confirmed } }, ids }
    },
  }
}
