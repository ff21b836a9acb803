import { useNavigate } from 'react-router'
import { NewRoomForm } from '../features/rooms/NewRoomForm.tsx'
import { Page } from './Page.tsx'
import { paths } from './paths.ts'

export function NewRoomPage() {
  const navigate = useNavigate()
  return (
    <Page title="New room">
      <NewRoomForm onCreated={({ id }) => void navigate(paths.room(id), { replace: true })} />
    </Page>
  )
}
