import type { TeamEvent } from '@conclave/shared/events'
import { listPeopleChanges, PEOPLE_BY_ID_MAX, type PeopleChanges } from '@conclave/shared/people'
import { foldPeople, isRenamed, type HeldPeople } from '@conclave/shared/people.fold'
import { unreachable } from '@conclave/shared/unreachable'
import { PEOPLE_KEY } from '../keys/people.keys.ts'
import { keepAsked, nobodyAt, type AskedPeople } from '../people/held-people.ts'
import {
  entryAt,
  type Listed,
  type LoadContext,
  type MergeStates,
  type WholePart,
} from './part-kinds.ts'

/** What the server says about the people who are held. */
interface Answered {
  rev: number
  answers: readonly AskedPeople[]
  /** Nobody else may be held any more: what changed in them is not known. */
  isReset: boolean
  /** Somebody may have joined, or has another name. */
  movesLists: boolean
}

/** The people whom this client holds, which are some of the team. */
export const people: WholePart<'team', HeldPeople, Answered> = {
  stream: 'team',
  entry: entryAt(() => PEOPLE_KEY),
  fold: foldPeople,
  // Anything in a forged event could also be in a true one; the next load corrects it.
  check: () => true,
  unconfirmedBy: (event, _, { byId }) => idsIn(event).filter((id) => byId.has(id)),
  load,
  merge,
  confirmedBy: ({ answers }, { byId }) =>
    answers.flatMap(({ ids, rev }) => ids.filter((id) => (byId.get(id)?.rev ?? rev) <= rev)),
}

function idsIn(event: TeamEvent): string[] {
  switch (event.type) {
    case 'person.joined':
    case 'person.updated':
      return [event.data.id]
    case 'presence.updated':
      return [...event.data.online, ...event.data.offline]
    case 'workspace.updated':
      return []
    default:
      return unreachable(event)
  }
}

/**
 * Asks for what changed in the held people, and by id for those whom events have changed: one of these may have been forged
 * and have taken the revision of a true one. If nothing moved, nothing is asked.
 */
async function load(context: LoadContext<HeldPeople>): Promise<Answered> {
  const { call, people, before, listed, unconfirmed } = context
  if (!before) return { rev: listed?.rev ?? 0, answers: [], isReset: false, movesLists: false }
  const changes = await changesAfter(call, before.rev, listed)
  if (changes.reset) {
    const answers = await people.ask(people.needed())
    return { rev: changes.rev, answers, isReset: true, movesLists: true }
  }
  const changed = changes.people.filter(({ id }) => before.byId.has(id))
  const ids = changed.map(({ id }) => id)
  const doubted = [...unconfirmed].filter((id) => before.byId.has(id) && !ids.includes(id))
  return {
    rev: changes.rev,
    answers: [
      { ids, people: changed, rev: changes.rev },
      ...(await people.ask(shownFirst(doubted, people.needed()))),
    ],
    isReset: false,
    movesLists: changes.people.some(
      (person) => !before.byId.has(person.id) || isRenamed(before, person),
    ),
  }
}

/**
 * Everybody who is shown, so that a forged name does not outlast the next load however many other events there were; of the
 * others as many as fit into a request, and the rest by later loads.
 */
function shownFirst(doubted: readonly string[], needed: readonly string[]): readonly string[] {
  if (doubted.length <= PEOPLE_BY_ID_MAX) return doubted
  const shown = new Set(needed)
  const isShown = (id: string): boolean => shown.has(id)
  const first = doubted.filter(isShown)
  const others = doubted.filter((id) => !isShown(id))
  return [...first, ...others.slice(0, Math.max(0, PEOPLE_BY_ID_MAX - first.length))]
}

async function changesAfter(
  call: LoadContext<HeldPeople>['call'],
  rev: number,
  listed: Listed | undefined,
): Promise<PeopleChanges> {
  // The server never had that revision: an event was forged, or a backup was restored.
  if (listed && (listed.revBefore ?? 0) > listed.rev) return { reset: true, rev: listed.rev }
  if (listed && listed.rev <= rev) return { reset: false, rev, people: [] }
  const changes = await call(listPeopleChanges, { query: { after: String(rev) } })
  return changes.rev < rev ? { reset: true, rev: changes.rev } : changes
}

function merge({ current, before, fetched }: MergeStates<HeldPeople, Answered>): HeldPeople {
  const { rev, answers, isReset, movesLists } = fetched
  if (!current) return keepAsked(nobodyAt(rev), answers)
  if (!isReset && rev <= current.rev && answers.every(({ ids }) => ids.length === 0)) return current
  const isAhead = before !== undefined && before.rev > rev
  const base = isReset ? since(current, before) : current
  return keepAsked(
    {
      ...base,
      rev: isAhead ? rev : Math.max(current.rev, rev),
      listsRev: movesLists ? rev : base.listsRev,
    },
    answers,
  )
}

/** Those who were not held in this state before. */
function since(state: HeldPeople, before: HeldPeople | undefined): HeldPeople {
  const byId = [...state.byId].filter(([id, held]) => before?.byId.get(id) !== held)
  return { ...state, byId: new Map(byId) }
}
