import { later } from './later.ts'

// The conversation comes first; everything around it is loaded after it, before anybody goes there.
export const BrowsePage = later(async () => (await import('./BrowsePage.tsx')).BrowsePage)
export const NewRoomPage = later(async () => (await import('./NewRoomPage.tsx')).NewRoomPage)
export const MembersPage = later(async () => (await import('./MembersPage.tsx')).MembersPage)
export const PeoplePage = later(async () => (await import('./PeoplePage.tsx')).PeoplePage)
export const SessionsPage = later(async () => (await import('./SessionsPage.tsx')).SessionsPage)

/** Has every page here by the time somebody goes to it, so that none begins empty. */
export function preloadPages(): void {
  for (const page of [BrowsePage, NewRoomPage, MembersPage, PeoplePage, SessionsPage]) {
    page.preload()
  }
}
