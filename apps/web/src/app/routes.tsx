import { Route, Routes } from 'react-router'
import { HomePage } from './HomePage.tsx'
import { NotFoundPage } from './NotFoundPage.tsx'
import {
  BrowsePage,
  MembersPage,
  NewRoomPage,
  PeoplePage,
  SearchPage,
  SessionsPage,
  WorkspacePage,
} from './lazy-pages.ts'
import { ROUTES } from './paths.ts'
import { RoomPage } from './RoomPage.tsx'
import { RoomsPage } from './RoomsPage.tsx'
import { Workspace } from './Workspace.tsx'
import { nothingHere } from '../words/en/app.en.ts'
import { t } from '../words/say.ts'

export function AppRoutes() {
  return (
    <Routes>
      <Route element={<Workspace />}>
        <Route path={ROUTES.home} element={<HomePage />} />
        <Route path={ROUTES.rooms} element={<RoomsPage />} />
        <Route path={ROUTES.browse} element={<BrowsePage />} />
        <Route path={ROUTES.newRoom} element={<NewRoomPage />} />
        <Route path={ROUTES.room} element={<RoomPage />}>
          <Route path={ROUTES.members} element={<MembersPage />} />
        </Route>
        <Route path={ROUTES.people} element={<PeoplePage />} />
        <Route path={ROUTES.workspace} element={<WorkspacePage />} />
        <Route path={ROUTES.sessions} element={<SessionsPage />} />
        <Route path={ROUTES.search} element={<SearchPage />} />
        <Route path="*" element={<NotFoundPage title={t(nothingHere)} />} />
      </Route>
    </Routes>
  )
}
