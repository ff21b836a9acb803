import { Menu } from '@base-ui/react/menu'
import type { AdminPerson } from '@conclave/shared/admin'
import type { WorkspaceRole } from '@conclave/shared/people'
import { ChevronDown } from 'lucide-react'
import { isolated } from '../../ui/isolated.ts'
import { LastOwnerHint } from '../../ui/LastOwnerHint.tsx'
import { MenuChoice } from '../../ui/MenuChoice.tsx'
import { MenuPopup } from '../../ui/MenuPopup.tsx'
import { WORKSPACE_ROLE_NAMES } from '../people/workspace-role.ts'

/** The menu of the whole list; what it opens with is the person of the row. */
export type RoleMenuHandle = Menu.Handle<AdminPerson>

const RULES: Record<WorkspaceRole, string> = {
  owner: 'changes roles and blocks anyone',
  admin: 'blocks members',
  member: 'cannot change roles or block',
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
      aria-label={`Role of ${isolated(person.name)}: ${WORKSPACE_ROLE_NAMES[person.role]}`}
      className="inline-flex min-h-10 items-center gap-1.5 rounded-control px-2 text-soft hover:bg-hover hover:text-ink data-popup-open:bg-selected touch:min-h-11"
    >
      {WORKSPACE_ROLE_NAMES[person.role]}
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
                aria-label="Role"
                value={person.role}
                onValueChange={(role: WorkspaceRole) => onRole(person, role)}
              >
                {ROLES.map((role) => (
                  <MenuChoice
                    key={role}
                    value={role}
                    name={WORKSPACE_ROLE_NAMES[role]}
                    rule={RULES[role]}
                    disabled={isLastOwner(person) && role !== 'owner'}
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
