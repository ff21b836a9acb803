import { loadSentences } from '../server/problem-message.ts'
import { later } from './later.ts'

// The conversation is loaded first; the other pages follow before anybody opens them.
export const BrowsePage = later(async () => (await import('./BrowsePage.tsx')).BrowsePage)
export const NewRoomPage = later(async () => (await import('./NewRoomPage.tsx')).NewRoomPage)
export const MembersPage = later(async () => (await import('./MembersPage.tsx')).MembersPage)
export const PeoplePage = later(async () => (await import('./PeoplePage.tsx')).PeoplePage)
export const SearchPage = later(async () => (await import('./SearchPage.tsx')).SearchPage)
export const SessionsPage = later(async () => (await import('./SessionsPage.tsx')).SessionsPage)
export const WorkspacePage = later(async () => (await import('./WorkspacePage.tsx')).WorkspacePage)

/** Loads every page before somebody opens it, so that none begins empty; and what to say when something is refused. */
export function preloadPages(): void {
  loadSentences().catch(() => undefined)
  for (const page of [
    BrowsePage,
    NewRoomPage,
    MembersPage,
    PeoplePage,
    SearchPage,
    SessionsPage,
    WorkspacePage,
  ]) {
    page.preload()
  }
}
