import { Menu } from '@base-ui/react/menu'
import type { Member } from '@conclave/shared/members'
import type { RoomRole } from '@conclave/shared/rooms'
import { LastOwnerHint } from '../../ui/LastOwnerHint.tsx'
import { MENU_ITEM } from '../../ui/menu-look.ts'
import { MenuChoice } from '../../ui/MenuChoice.tsx'
import { ROOM_ROLE_NAMES } from './member-role.ts'
import * as words from '../../words/en/members.en.ts'
import { t } from '../../words/say.ts'
import type { Word } from '../../words/word.ts'

/** The row at which the menu is open. */
export interface OpenedAt {
  member: Member
  name: string
  button: () => HTMLElement | null
}

const ROLE_RULES: Record<RoomRole, Word> = {
  owner: words.ownerRule,
  moderator: words.moderatorRule,
  member: words.memberRule,
}

const ROLES = ['owner', 'moderator', 'member'] as const satisfies readonly RoomRole[]

/** What can be done about a member. */
export function MemberMenu(props: {
  role: RoomRole
  /** The only owner, who must stay one. */
  isLastOwner: boolean
  /** Undefined when I may not change the role. */
  onRole: ((role: RoomRole) => void) | undefined
  onTakeOut: (() => void) | undefined
}) {
  const { isLastOwner, onRole, onTakeOut } = props
  return (
    <>
      {onRole && (
        <Menu.RadioGroup aria-label={t(words.role)} value={props.role} onValueChange={onRole}>
          {ROLES.map((role) => (
            <MenuChoice
              key={role}
              value={role}
              name={t(ROOM_ROLE_NAMES[role])}
              rule={t(ROLE_RULES[role])}
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
          onClick={onTakeOut}
        >
          {t(words.takeOut)}
        </Menu.Item>
      )}
    </>
  )
}
