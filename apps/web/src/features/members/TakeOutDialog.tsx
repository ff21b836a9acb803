import type { Room } from '@conclave/shared/rooms'
import { errorMessage } from '../../server/problem-message.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { useRemoveMember } from './members.queries.ts'

export function TakeOutDialog(props: {
  room: Room
  personId: string
  name: string
  onClosed: () => void
  focusAfter: () => HTMLElement | null
}) {
  const { room, personId, name } = props
  const { mutateAsync } = useRemoveMember(room.id)
  return (
    <ConfirmDialog
      title={
        <>
          Remove <bdi>{name}</bdi> from <bdi>{room.name}</bdi>?
        </>
      }
      action="Remove"
      onConfirm={() => mutateAsync(personId)}
      reasonOf={errorMessage}
      onClosed={props.onClosed}
      focusAfter={props.focusAfter}
    >
      <p>
        From then on they read and hear nothing of it, also where they have it open. What they said
        stays.{' '}
        {room.kind === 'open'
          ? 'The room is open: they can join again.'
          : 'Somebody inside can bring them back.'}
      </p>
    </ConfirmDialog>
  )
}
