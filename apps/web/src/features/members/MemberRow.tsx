import { Menu } from '@base-ui/react/menu'
import type { Member } from '@conclave/shared/members'
import type { Person } from '@conclave/shared/people'
import type { RoomRole } from '@conclave/shared/rooms'
import { Ellipsis } from 'lucide-react'
import { useRef } from 'react'
import { Initials } from '../../ui/Initials.tsx'
import { isolated } from '../../ui/isolated.ts'
import { LastOwnerHint } from '../../ui/LastOwnerHint.tsx'
import { MENU_ITEM } from '../../ui/menu-look.ts'
import { MenuChoice } from '../../ui/MenuChoice.tsx'
import { MenuPopup } from '../../ui/MenuPopup.tsx'
import { PersonAvatar } from '../people/PersonAvatar.tsx'
import { PersonName } from '../people/PersonName.tsx'

const ROLE_NAMES: Record<RoomRole, string> = {
  owner: 'Owner',
  moderator: 'Moderator',
  member: 'Member',
}

const ROLE_RULES: Record<RoomRole, string> = {
  owner: 'can do everything here',
  moderator: 'adds and removes members',
  member: 'reads and writes messages',
}

const ROLES = ['owner', 'moderator', 'member'] as const satisfies readonly RoomRole[]

interface Props {
  member: Member
  person: Person | undefined
  isMe: boolean
  /** Undefined when I may not change the role. */
  onRole: ((role: RoomRole) => void) | undefined
  /** The only owner, who must stay one. */
  isLastOwner: boolean
  onTakeOut: ((opener: HTMLElement | null) => void) | undefined
}

export function MemberRow(props: Props) {
  const { member, person, isMe } = props
  const mayAct = props.onRole !== undefined || props.onTakeOut !== undefined
  return (
    <li className="flex min-h-13 items-center gap-3 rounded-control px-2 py-1 hover:bg-hover">
      {person ? <PersonAvatar person={person} /> : <Initials name="?" seed="" />}
      <span className="grid min-w-0 flex-1">
        <PersonName person={person} isMe={isMe} />
        <span className="text-small text-soft">{ROLE_NAMES[member.role]}</span>
      </span>
      {mayAct && <MemberMenu {...props} />}
    </li>
  )
}

function MemberMenu({ member, person, onRole, isLastOwner, onTakeOut }: Props) {
  const name = person?.name ?? 'Someone'
  const opener = useRef<HTMLButtonElement>(null)
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger
        ref={opener}
        aria-label={`Actions for ${isolated(name)}`}
        className="inline-flex size-9 shrink-0 items-center justify-center rounded-control text-soft hover:bg-hover hover:text-ink data-popup-open:bg-selected touch:size-11"
      >
        <Ellipsis className="size-4" aria-hidden="true" />
      </Menu.Trigger>
      <MenuPopup>
        {onRole && (
          <Menu.RadioGroup aria-label="Role" value={member.role} onValueChange={onRole}>
            {ROLES.map((role) => (
              <MenuChoice
                key={role}
                value={role}
                name={ROLE_NAMES[role]}
                rule={ROLE_RULES[role]}
                disabled={isLastOwner && role !== 'owner'}
              />
            ))}
          </Menu.RadioGroup>
        )}
        {isLastOwner && <LastOwnerHint />}
        {onRole && onTakeOut && <Menu.Separator className="mx-3 my-1 h-px bg-line" />}
        {onTakeOut && (
          <Menu.Item
            disabled={isLastOwner}
            className={`${MENU_ITEM} text-danger`}
            onClick={() => onTakeOut(opener.current)}
          >
            Remove from the room…
          </Menu.Item>
        )}
      </MenuPopup>
    </Menu.Root>
  )
}
