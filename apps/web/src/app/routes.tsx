import { Route, Routes } from 'react-router'
import { HomePage } from './HomePage.tsx'
import { NotFoundPage } from './NotFoundPage.tsx'
import { ROUTES } from './paths.ts'
import { RoomPage } from './RoomPage.tsx'
import { RoomsPage } from './RoomsPage.tsx'
import { Workspace } from './Workspace.tsx'

export function AppRoutes() {
  return (
    <Routes>
      <Route element={<Workspace />}>
        <Route path={ROUTES.home} element={<HomePage />} />
        <Route path={ROUTES.rooms} element={<RoomsPage />} />
        <Route path={ROUTES.room} element={<RoomPage />} />
        <Route path="*" element={<NotFoundPage title="There is nothing here" />} />
      </Route>
    </Routes>
  )
}
