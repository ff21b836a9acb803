import type { Members } from './members.ts'
import { byJoining } from './members.fold.ts'
import type { People } from './people.ts'
import { byNameThenId } from './people.fold.ts'
import type { Rooms } from './rooms.ts'

/** Fetches one page; `after` is the `next` of the page before. */
type AskPage<Page> = (query: { after?: string }) => Promise<Page>

/** Fetches all pages of a list, one after the other. */
export async function everyPage<Page extends { next?: string }>(
  ask: AskPage<Page>,
): Promise<[Page, ...Page[]]> {
  const first = await ask({})
  const pages: [Page, ...Page[]] = [first]
  for (let after = first.next; after !== undefined;) {
    const page: Page = await ask({ after })
    pages.push(page)
    after = page.next
  }
  return pages
}

/*
 * What changes while a list is walked may be in a later page and is not in an earlier one. So the whole is of the
 * first page's revision: every change since then is told as an event that holds the new state, and folding one that
 * a page has shown already changes nothing in the end.
 */

/** Everybody in the team, in the order of `byNameThenId`. */
export async function everyPerson(ask: AskPage<Paged<People>>): Promise<People> {
  const pages = await everyPage(ask)
  return {
    people: pages.flatMap(({ people }) => people).toSorted(byNameThenId),
    rev: pages[0].rev,
  }
}

/** All members of a room, in the order of `byJoining`. */
export async function everyMember(ask: AskPage<Paged<Members>>): Promise<Members> {
  const pages = await everyPage(ask)
  return {
    members: pages.flatMap(({ members }) => members).toSorted(byJoining),
    rev: pages[0].rev,
  }
}

/** All my rooms. Epochs only grow, so the highest ones of all pages are current. */
export async function everyRoom(ask: AskPage<Paged<Rooms>>): Promise<Rooms> {
  const pages = await everyPage(ask)
  return {
    rooms: pages.flatMap(({ rooms }) => rooms),
    rev: pages[0].rev,
    epoch: Math.max(...pages.map(({ epoch }) => epoch)),
    teamEpoch: Math.max(...pages.map(({ teamEpoch }) => teamEpoch)),
  }
}

type Paged<List> = List & { next?: string }
