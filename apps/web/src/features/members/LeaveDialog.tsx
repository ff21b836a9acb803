import type { RoomInfo } from '../rooms/rooms.queries.ts'
import { errorMessage } from '../../server/problem-message.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { useLeaveRoom } from './membership.queries.ts'

export function LeaveDialog(props: {
  room: RoomInfo
  isLastOwner: boolean
  isAlone: boolean
  onClosed: () => void
  focusAfter: () => HTMLElement | null
}) {
  const { room, isLastOwner, isAlone } = props
  const { mutateAsync } = useLeaveRoom(room.id)
  return (
    <ConfirmDialog
      title={
        <>
          {isLastOwner ? 'You cannot leave' : 'Leave'} <bdi>{room.name}</bdi>
          {isLastOwner ? ' yet' : '?'}
        </>
      }
      {...(isLastOwner ? {} : { action: 'Leave the room' })}
      onConfirm={() => mutateAsync()}
      reasonOf={errorMessage}
      onClosed={props.onClosed}
      focusAfter={props.focusAfter}
    >
      {isLastOwner ? (
        <p>
          You are its only owner, and a room needs one. Make somebody else an owner first, in the
          menu beside their name in the list of members.
        </p>
      ) : (
        <p>
          The room disappears from your list at once, and you get no more messages from it. Your own
          messages stay. {wayBack(room, isAlone)}
        </p>
      )}
    </ConfirmDialog>
  )
}

function wayBack(room: RoomInfo, isAlone: boolean): string {
  if (room.kind === 'open') return 'You can join again whenever you like.'
  return isAlone
    ? 'Nobody else is in it: once you leave, nobody can read it or join it again.'
    : 'Only an owner or moderator can add you again.'
}
