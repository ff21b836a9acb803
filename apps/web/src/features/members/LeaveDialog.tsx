import type { RoomInfo } from '../rooms/rooms.queries.ts'
import { errorMessage } from '../../server/problem-message.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { useLeaveRoom } from './membership.queries.ts'
import * as words from '../../words/en/members.en.ts'
import { rich, t } from '../../words/say.ts'
import type { Word } from '../../words/word.ts'

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
      title={rich(isLastOwner ? words.leaveNotYet : words.leaveTitle, {
        room: <bdi>{room.name}</bdi>,
      })}
      {...(isLastOwner ? {} : { action: t(words.leave) })}
      onConfirm={() => mutateAsync()}
      reasonOf={errorMessage}
      onClosed={props.onClosed}
      focusAfter={props.focusAfter}
    >
      <p>{t(isLastOwner ? words.leaveOnlyOwner : wayBack(room, isAlone))}</p>
    </ConfirmDialog>
  )
}

/** What leaving means, and how to come back. */
function wayBack(room: RoomInfo, isAlone: boolean): Word {
  if (room.kind === 'open') return words.leaveOpen
  return isAlone ? words.leaveAlone : words.leaveClosed
}
