import { Menu } from '@base-ui/react/menu'
import type { AdminPerson } from '@conclave/shared/admin'
import type { WorkspaceRole } from '@conclave/shared/people'
import { Check, ChevronDown } from 'lucide-react'
import { isolated } from '../../ui/isolated.ts'
import { MENU_ITEM, MENU_POPUP } from '../../ui/menu-look.ts'
import { WORKSPACE_ROLE_NAMES } from '../people/workspace-role.ts'

const RULES: Record<WorkspaceRole, string> = {
  owner: 'gives roles, and blocks anyone',
  admin: 'blocks members',
  member: 'has no say over others',
}

const ROLES = ['owner', 'admin', 'member'] as const satisfies readonly WorkspaceRole[]

/** Somebody's role in the workspace, to be given another. */
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
      <Menu.Portal>
        <Menu.Positioner align="end" sideOffset={4} className="z-10 outline-none">
          <Menu.Popup className={`w-72 max-w-[calc(100vw-1rem)] ${MENU_POPUP}`}>
            <Menu.RadioGroup aria-label="Role" value={person.role} onValueChange={onRole}>
              {ROLES.map((role) => (
                <Menu.RadioItem
                  key={role}
                  value={role}
                  label={WORKSPACE_ROLE_NAMES[role]}
                  aria-label={WORKSPACE_ROLE_NAMES[role]}
                  disabled={isLastOwner && role !== 'owner'}
                  closeOnClick
                  className={MENU_ITEM}
                >
                  <span className="grid flex-1">
                    {WORKSPACE_ROLE_NAMES[role]}
                    <span className="text-small text-soft first-letter:uppercase">
                      {RULES[role]}
                    </span>
                  </span>
                  <Menu.RadioItemIndicator>
                    <Check className="size-4 text-brass" aria-hidden="true" />
                  </Menu.RadioItemIndicator>
                </Menu.RadioItem>
              ))}
            </Menu.RadioGroup>
            {isLastOwner && (
              <p className="px-3 py-1.5 text-small text-soft">
                Somebody has to stay the owner. Make another person owner first.
              </p>
            )}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  )
}
