import { Menu } from '@base-ui/react/menu'
import type { NotifyAll } from '@conclave/shared/rooms'
import { Megaphone } from 'lucide-react'
import { errorMessage } from '../../server/problem-message.ts'
import { MenuChoice } from '../../ui/MenuChoice.tsx'
import { MenuPopup } from '../../ui/MenuPopup.tsx'
import { useNotice } from '../../ui/Notice.tsx'
import * as words from '../../words/en/members.en.ts'
import { t } from '../../words/say.ts'
import type { Word } from '../../words/word.ts'
import type { RoomInfo } from '../rooms/rooms.queries.ts'
import { useUpdateRoomSettings } from './room-settings.queries.ts'

const CHOICES = [
  { value: 'members', name: words.everyMember, rule: words.everyMemberRule },
  {
    value: 'moderators',
    name: words.onlyModerators,
    rule: words.onlyModeratorsRule,
  },
] as const satisfies readonly { value: NotifyAll; name: Word; rule: Word }[]

const SENTENCES: Record<NotifyAll, Word> = {
  members: words.membersNotify,
  moderators: words.moderatorsNotify,
}

/** Who may write to everybody in the room at once: a menu for those who decide it; for the others a sentence, if they may not. */
export function NotifyAllSetting({ room, mayChange }: { room: RoomInfo; mayChange: boolean }) {
  const { notifyAll = 'members' } = room
  const { mutate: update } = useUpdateRoomSettings(room.id)
  const notify = useNotice()
  if (!mayChange) {
    return notifyAll === 'members' ? null : (
      <p className="flex items-baseline gap-2 text-small text-soft">
        <Icon />
        {t(SENTENCES[notifyAll])}
      </p>
    )
  }
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger className="flex min-h-10 w-full items-center gap-2 rounded-control px-2 text-start text-small text-soft hover:bg-hover hover:text-ink data-popup-open:bg-selected touch:min-h-11">
        <Icon />
        {t(SENTENCES[notifyAll])}
      </Menu.Trigger>
      <MenuPopup>
        <Menu.RadioGroup
          aria-label={t(words.whoNotifies)}
          value={notifyAll}
          onValueChange={(chosen: NotifyAll) =>
            update({ notifyAll: chosen }, { onError: (refusal) => notify(errorMessage(refusal)) })
          }
        >
          {CHOICES.map(({ value, name, rule }) => (
            <MenuChoice key={value} value={value} name={t(name)} rule={t(rule)} />
          ))}
        </Menu.RadioGroup>
      </MenuPopup>
    </Menu.Root>
  )
}

function Icon() {
  return <Megaphone className="size-4 shrink-0 self-center" aria-hidden="true" />
}
