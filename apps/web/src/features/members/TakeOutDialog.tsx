import type { RoomInfo } from '../rooms/rooms.queries.ts'
import { useState } from 'react'
import { errorMessage } from '../../server/problem-message.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { useRemoveMember } from './members.queries.ts'
import * as words from '../../words/en/members.en.ts'
import { rich, t } from '../../words/say.ts'

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
      title={rich(words.takeOutTitle, { person: <bdi>{name}</bdi>, room: <bdi>{room.name}</bdi> })}
      action={t(words.takeOutAction)}
      onConfirm={() => mutateAsync({ personId, keepOut })}
      reasonOf={errorMessage}
      onClosed={props.onClosed}
      focusAfter={props.focusAfter}
    >
      <p>{t(room.kind === 'open' ? words.takeOutOfOpen : words.takeOutOfClosed)}</p>
      {room.kind === 'open' && (
        <label className="flex min-h-10 items-center gap-3 text-ink touch:min-h-11">
          <input
            type="checkbox"
            className="size-4 shrink-0 accent-brass"
            checked={keepOut}
            onChange={({ target }) => setKeepOut(target.checked)}
          />
          {t(words.keepOut)}
        </label>
      )}
    </ConfirmDialog>
  )
}
