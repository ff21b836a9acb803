import type { Room } from '@conclave/shared/rooms'
import { errorMessage } from '../../server/problem-message.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { useLeaveRoom } from './membership.queries.ts'

export function LeaveDialog(props: {
  room: Room
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
          You are its only owner, and somebody has to stay the owner. Make another person owner
          first: the menu beside their name in the list of members has their role.
        </p>
      ) : (
        <p>
          The room disappears from your list at once, and nothing more from it reaches you. What you
          said stays. {wayBack(room, isAlone)}
        </p>
      )}
    </ConfirmDialog>
  )
}

function wayBack(room: Room, isAlone: boolean): string {
  if (room.kind === 'open') return 'You can join again whenever you like.'
  return isAlone
    ? 'Nobody else is in it: after you, nobody can read it or come back to it.'
    : 'Only somebody inside can bring you back.'
}
