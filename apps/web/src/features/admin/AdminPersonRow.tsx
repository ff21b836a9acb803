import type { AdminPerson } from '@conclave/shared/admin'
import { hasSomethingToSee } from '@conclave/shared/visible'
import type { Person } from '@conclave/shared/people'
import { useEffect, useEffectEvent } from 'react'
import { Button } from '../../ui/Button.tsx'
import { Moment } from '../../ui/Moment.tsx'
import { usePerson } from '../people/people.queries.ts'
import { PersonAvatar } from '../people/PersonAvatar.tsx'
import { PersonName } from '../people/PersonName.tsx'
import { WORKSPACE_ROLE_NAMES } from '../people/workspace-role.ts'
import { accessSteps } from './access-steps.ts'
import { AccessSteps } from './AccessSteps.tsx'
import { RoleButton, type RoleMenuHandle } from './RoleMenu.tsx'
import * as words from '../../words/en/admin.en.ts'
import { rich, t } from '../../words/say.ts'

/** Somebody with their e-mail address, role and access. */
export function AdminPersonRow(props: {
  listed: AdminPerson
  isMe: boolean
  /** Undefined when I may not change the role. */
  menu: RoleMenuHandle | undefined
  /** The person has changed since the list was loaded. */
  onChanged: () => void
  onAccess: ((opener: HTMLElement) => void) | undefined
}) {
  const { listed, isMe, menu, onAccess, onChanged } = props
  const known = usePerson(listed.id)
  const person = { ...listed, ...known, role: listed.role, active: listed.active }
  useChanged(listed, known, onChanged)
  return (
    <div className="border-b border-line py-3 in-[li:last-child]:border-0">
      <div className="flex items-center gap-x-3 gap-y-1 max-wide:flex-wrap">
        <PersonAvatar person={person} />
        <span className="grid min-w-0 flex-1">
          <PersonName person={person} isMe={isMe} />
          <bdi className="written-line min-h-[1lh] text-small text-soft" title={person.email}>
            {person.emailVerified ? person.email : t(words.notVerified, { email: person.email })}
          </bdi>
        </span>
        <span className="flex shrink-0 items-center gap-2 max-wide:w-full max-wide:ps-10">
          {menu ? (
            <RoleButton person={listed} menu={menu} />
          ) : (
            <span className="px-2 text-soft">{t(WORKSPACE_ROLE_NAMES[person.role])}</span>
          )}
          {onAccess ? (
            <Button
              aria-label={t(person.active ? words.blockThis : words.unblockThis, {
                person: person.name,
              })}
              className="w-24"
              onClick={({ currentTarget }) => onAccess(currentTarget)}
            >
              {t(person.active ? words.blockMore : words.unblock)}
            </Button>
          ) : (
            <span className="w-24 max-wide:hidden" />
          )}
        </span>
      </div>
      <div className="ps-12">
        {person.blockedAt && (
          <p className="pt-1 text-small text-soft [overflow-wrap:anywhere]">
            <BlockedSince at={person.blockedAt} reason={person.blockedReason} />
          </p>
        )}
        <AccessSteps steps={accessSteps(person)} name={person.name} />
      </div>
    </div>
  )
}

function BlockedSince({ at, reason }: { at: string; reason: string | null }) {
  const when = <Moment at={at} to="minute" />
  return reason !== null && hasSomethingToSee(reason)
    ? rich(words.blockedSinceFor, { when, reason: <bdi>{reason}</bdi> })
    : rich(words.blockedSince, { when })
}

/** Roles and access arrive as changes of the team; what only owners and admins see is fetched then. */
function useChanged(listed: AdminPerson, known: Person | undefined, onChanged: () => void): void {
  const isChanged =
    known !== undefined && (known.role !== listed.role || known.active !== listed.active)
  const changed = useEffectEvent(onChanged)
  useEffect(() => {
    if (isChanged) changed()
  }, [isChanged])
}
