import { Menu } from '@base-ui/react/menu'
import type { Member } from '@conclave/shared/members'
import { Ellipsis } from 'lucide-react'
import { memo, useRef } from 'react'
import { Initials } from '../../ui/Initials.tsx'
import { usePerson } from '../people/people.queries.ts'
import { PersonAvatar } from '../people/PersonAvatar.tsx'
import { PersonName } from '../people/PersonName.tsx'
import { ROOM_ROLE_NAMES } from './member-role.ts'
import type { OpenedAt } from './MemberMenu.tsx'
import { actionsFor } from '../../words/en/members.en.ts'
import { someone } from '../../words/en/people.en.ts'
import { t } from '../../words/say.ts'

interface Props {
  member: Member
  isMe: boolean
  /** Undefined when I may do nothing about this member. */
  menu: Menu.Handle<OpenedAt> | undefined
}

export const MemberRow = memo(function MemberRow({ member, isMe, menu }: Props) {
  const person = usePerson(member.personId)
  const name = person?.name ?? t(someone)
  const button = useRef<HTMLButtonElement>(null)
  return (
    <div className="flex min-h-13 items-center gap-3 rounded-control px-2 py-1 hover:bg-hover">
      {person ? <PersonAvatar person={person} /> : <Initials name="?" seed="" />}
      <span className="grid min-w-0 flex-1">
        <PersonName person={person} isMe={isMe} />
        <span className="text-small text-soft">{t(ROOM_ROLE_NAMES[member.role])}</span>
      </span>
      {menu && (
        <Menu.Trigger
          ref={button}
          handle={menu}
          payload={{ member, name, button: () => button.current }}
          aria-label={t(actionsFor, { person: name })}
          className="inline-flex size-9 shrink-0 items-center justify-center rounded-control text-soft hover:bg-hover hover:text-ink data-popup-open:bg-selected touch:size-11"
        >
          <Ellipsis className="size-4" aria-hidden="true" />
        </Menu.Trigger>
      )}
    </div>
  )
})
