import type { RoomInfo } from '../rooms/rooms.queries.ts'
import { useState } from 'react'
import { errorMessage } from '../../server/problem-message.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { useRemoveMember } from './members.queries.ts'

export function TakeOutDialog(props: {
  room: RoomInfo
  personId: string
  name: string
  onClosed: () => void
  focusAfter: () => HTMLElement | null
}) {
  const { room, personId, name } = props
  const { mutateAsync } = useRemoveMember(room.id)
  const [keepOut, setKeepOut] = useState(false)
  return (
    <ConfirmDialog
      title={
        <>
          Remove <bdi>{name}</bdi> from <bdi>{room.name}</bdi>?
        </>
      }
      action="Remove"
      onConfirm={() => mutateAsync({ personId, keepOut })}
      reasonOf={errorMessage}
      onClosed={props.onClosed}
      focusAfter={props.focusAfter}
    >
      <p>
        They lose access at once, even if they have the room open. Their messages stay.{' '}
        {room.kind === 'open'
          ? 'The room is open: unless you keep them out, they can join again at once and read everything.'
          : 'An owner or moderator can add them again.'}
      </p>
      {room.kind === 'open' && (
        <label className="flex min-h-10 items-center gap-3 text-ink touch:min-h-11">
          <input
            type="checkbox"
            className="size-4 shrink-0 accent-brass"
            checked={keepOut}
            onChange={({ target }) => setKeepOut(target.checked)}
          />
          Keep them out until a member adds them again
        </label>
      )}
    </ConfirmDialog>
  )
}
