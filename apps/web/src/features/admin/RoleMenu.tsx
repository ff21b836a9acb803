import { Menu } from '@base-ui/react/menu'
import type { AdminPerson } from '@conclave/shared/admin'
import type { WorkspaceRole } from '@conclave/shared/people'
import { ChevronDown } from 'lucide-react'
import { isolated } from '../../ui/isolated.ts'
import { LastOwnerHint } from '../../ui/LastOwnerHint.tsx'
import { MenuChoice } from '../../ui/MenuChoice.tsx'
import { MenuPopup } from '../../ui/MenuPopup.tsx'
import { WORKSPACE_ROLE_NAMES } from '../people/workspace-role.ts'

const RULES: Record<WorkspaceRole, string> = {
  owner: 'changes roles and blocks anyone',
  admin: 'blocks members',
  member: 'cannot change roles or block',
}

const ROLES = ['owner', 'admin', 'member'] as const satisfies readonly WorkspaceRole[]

/** Somebody's role in the workspace, and the menu to change it. */
export function RoleMenu(props: {
  person: AdminPerson
  isLastOwner: boolean
  onRole: (role: WorkspaceRole) => void
}) {
  const { person, isLastOwner, onRole } = props
  return (
    <Menu.Root modal={false}>
      <Menu.Trigger
        aria-label={`Role of ${isolated(person.name)}: ${WORKSPACE_ROLE_NAMES[person.role]}`}
        className="inline-flex min-h-10 items-center gap-1.5 rounded-control px-2 text-soft hover:bg-hover hover:text-ink data-popup-open:bg-selected touch:min-h-11"
      >
        {WORKSPACE_ROLE_NAMES[person.role]}
        <ChevronDown className="size-3.5" aria-hidden="true" />
      </Menu.Trigger>
      <MenuPopup>
        <Menu.RadioGroup aria-label="Role" value={person.role} onValueChange={onRole}>
          {ROLES.map((role) => (
            <MenuChoice
              key={role}
              value={role}
              name={WORKSPACE_ROLE_NAMES[role]}
              rule={RULES[role]}
              disabled={isLastOwner && role !== 'owner'}
            />
          ))}
        </Menu.RadioGroup>
        {isLastOwner && <LastOwnerHint />}
      </MenuPopup>
    </Menu.Root>
  )
}
