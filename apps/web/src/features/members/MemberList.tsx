import { Menu } from '@base-ui/react/menu'
import type { Member } from '@conclave/shared/members'
import type { RoomRole } from '@conclave/shared/rooms'
import { useCallback, useState } from 'react'
import { LongList } from '../../ui/LongList.tsx'
import type { More } from '../../ui/WholeList.tsx'
import { MenuPopup } from '../../ui/MenuPopup.tsx'
import { MemberMenu, type OpenedAt } from './MemberMenu.tsx'
import { MemberRow } from './MemberRow.tsx'
import type { Rights } from './members.rights.ts'
import { members } from '../../words/en/rooms.en.ts'
import { t } from '../../words/say.ts'

/** The members as far as they are loaded, and the one menu that opens at a row. */
export function MemberList(props: {
  members: readonly Member[]
  total: number | undefined
  more: More
  isStale: boolean
  myId: string
  rights: Rights
  /** Whether this member is the only owner, who must stay one. */
  isLastOwner: (member: Member) => boolean
  onRole: (personId: string, role: RoomRole) => void
  onTakeOut: (opened: OpenedAt) => void
}) {
  const { members: listed, total, myId, rights, isLastOwner, onRole, onTakeOut } = props
  const [menu] = useState(() => Menu.createHandle<OpenedAt>())
  const row = useCallback(
    (member: Member) => (
      <MemberRow
        member={member}
        isMe={member.personId === myId}
        menu={rights.mayChangeRoles || rights.mayTakeOut(member) ? menu : undefined}
      />
    ),
    [myId, rights, menu],
  )
  return (
    <>
      <LongList
        label={t(members)}
        items={listed}
        keyOf={personIdOf}
        {...(total !== undefined && { total })}
        more={props.more}
        isStale={props.isStale}
      >
        {row}
      </LongList>
      <Menu.Root handle={menu} modal={false}>
        {({ payload: opened }) => (
          <MenuPopup>
            {opened && (
              <MemberMenu
                role={opened.member.role}
                isLastOwner={isLastOwner(opened.member)}
                onRole={
                  rights.mayChangeRoles ? (role) => onRole(opened.member.personId, role) : undefined
                }
                onTakeOut={rights.mayTakeOut(opened.member) ? () => onTakeOut(opened) : undefined}
              />
            )}
          </MenuPopup>
        )}
      </Menu.Root>
    </>
  )
}

function personIdOf({ personId }: Member): string {
  return personId
}
