import { useNavigate } from 'react-router'
import { NewRoomForm } from '../features/rooms/NewRoomForm.tsx'
import { Page } from './Page.tsx'
import { paths } from './paths.ts'
import { newRoom } from '../words/en/open-rooms.en.ts'
import { t } from '../words/say.ts'

export function NewRoomPage() {
  const navigate = useNavigate()
  return (
    <Page title={t(newRoom)}>
      <NewRoomForm onCreated={({ id }) => void navigate(paths.room(id), { replace: true })} />
    </Page>
  )
}
