import { Menu } from '@base-ui/react/menu'
import type { AdminPerson } from '@conclave/shared/admin'
import type { WorkspaceRole } from '@conclave/shared/people'
import { ChevronDown } from 'lucide-react'
import { LastOwnerHint } from '../../ui/LastOwnerHint.tsx'
import { MenuChoice } from '../../ui/MenuChoice.tsx'
import { MenuPopup } from '../../ui/MenuPopup.tsx'
import { WORKSPACE_ROLE_NAMES } from '../people/workspace-role.ts'
import * as words from '../../words/en/admin.en.ts'
import { role } from '../../words/en/members.en.ts'
import { t } from '../../words/say.ts'
import type { Word } from '../../words/word.ts'

/** The menu of the whole list; what it opens with is the person of the row. */
export type RoleMenuHandle = Menu.Handle<AdminPerson>

const RULES: Record<WorkspaceRole, Word> = {
  owner: words.ownerRule,
  admin: words.adminRule,
  member: words.memberRule,
}

const ROLES = ['owner', 'admin', 'member'] as const satisfies readonly WorkspaceRole[]

export function createRoleMenu(): RoleMenuHandle {
  return Menu.createHandle<AdminPerson>()
}

/** Somebody's role in the workspace, which opens the menu to change it. */
export function RoleButton({ person, menu }: { person: AdminPerson; menu: RoleMenuHandle }) {
  return (
    <Menu.Trigger
      handle={menu}
      payload={person}
      aria-label={t(words.roleOf, {
        person: person.name,
        role: t(WORKSPACE_ROLE_NAMES[person.role]),
      })}
      className="inline-flex min-h-10 items-center gap-1.5 rounded-control px-2 text-soft hover:bg-hover hover:text-ink data-popup-open:bg-selected touch:min-h-11"
    >
      {t(WORKSPACE_ROLE_NAMES[person.role])}
      <ChevronDown className="size-3.5" aria-hidden="true" />
    </Menu.Trigger>
  )
}

/** The menu that opens at the role of a row. */
export function RoleMenu(props: {
  menu: RoleMenuHandle
  isLastOwner: (person: AdminPerson) => boolean
  onRole: (person: AdminPerson, role: WorkspaceRole) => void
}) {
  const { menu, isLastOwner, onRole } = props
  return (
    <Menu.Root handle={menu} modal={false}>
      {({ payload: person }) => (
        <MenuPopup>
          {person && (
            <>
              <Menu.RadioGroup
                aria-label={t(role)}
                value={person.role}
                onValueChange={(chosen: WorkspaceRole) => onRole(person, chosen)}
              >
                {ROLES.map((one) => (
                  <MenuChoice
                    key={one}
                    value={one}
                    name={t(WORKSPACE_ROLE_NAMES[one])}
                    rule={t(RULES[one])}
                    disabled={isLastOwner(person) && one !== 'owner'}
                  />
                ))}
              </Menu.RadioGroup>
              {isLastOwner(person) && <LastOwnerHint />}
            </>
          )}
        </MenuPopup>
      )}
    </Menu.Root>
  )
}
