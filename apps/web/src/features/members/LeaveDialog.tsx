import type { Room } from '@conclave/shared/rooms'
import { errorMessage } from '../../server/problem-message.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { useLeaveRoom } from './membership.queries.ts'

export function LeaveDialog(props: {
  room: Room
  isLastOwner: boolean
  onClosed: () => void
  focusAfter: () => HTMLElement | null
}) {
  const { room, isLastOwner } = props
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
          It goes from your rooms at once, and you hear nothing more of it. What you said stays.{' '}
          {room.kind === 'open'
            ? 'You can join again whenever you like.'
            : 'Only somebody inside can bring you back.'}
        </p>
      )}
    </ConfirmDialog>
  )
}
