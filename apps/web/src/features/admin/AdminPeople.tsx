import type { AdminPerson } from '@conclave/shared/admin'
import type { Me } from '@conclave/shared/people'
import { useCallback, useState } from 'react'
import { errorMessage } from '../../server/problem-message.ts'
import { isolated } from '../../ui/isolated.ts'
import { LongList } from '../../ui/LongList.tsx'
import type { More } from '../../ui/WholeList.tsx'
import { useNotice } from '../../ui/Notice.tsx'
import { useUnblockPerson, useUpdatePersonRole } from './admin.queries.ts'
import { isLastOwner, mayBlock } from './admin.rights.ts'
import { AdminPersonRow } from './AdminPersonRow.tsx'
import { BlockDialog } from './BlockDialog.tsx'
import { createRoleMenu, RoleMenu } from './RoleMenu.tsx'
import * as words from '../../words/en/team.en.ts'
import { t } from '../../words/say.ts'

/** Everybody who ever signed in, as owners and admins see them. */
export function AdminPeople(props: {
  people: readonly AdminPerson[]
  /** How many owners there are who are not blocked. */
  owners: number
  me: Me
  more: More
  isStale: boolean
  /** Somebody on the screen has changed since the list was loaded. */
  onChanged: () => void
}) {
  const { people, owners, me, more, isStale, onChanged } = props
  const { mutate: changeRole } = useUpdatePersonRole()
  const { mutate: unblock } = useUnblockPerson()
  const notify = useNotice()
  const onError = useCallback((error: unknown) => notify(errorMessage(error)), [notify])
  const [asked, setAsked] = useState<{ person: AdminPerson; opener: HTMLElement }>()
  const [menu] = useState(createRoleMenu)
  const row = useCallback(
    (person: AdminPerson) => (
      <AdminPersonRow
        listed={person}
        isMe={person.id === me.id}
        menu={me.role === 'owner' ? menu : undefined}
        onChanged={onChanged}
        onAccess={
          mayBlock(me, person)
            ? (opener) =>
                person.active ? setAsked({ person, opener }) : unblock(person.id, { onError })
            : undefined
        }
      />
    ),
    [me, menu, unblock, onError, onChanged],
  )
  return (
    <>
      <LongList
        label={t(words.people)}
        items={people}
        keyOf={idOf}
        labelOf={nameOf}
        more={more}
        isStale={isStale}
      >
        {row}
      </LongList>
      <RoleMenu
        menu={menu}
        isLastOwner={(person) => isLastOwner(person, owners)}
        onRole={({ id: personId }, role) => changeRole({ personId, role }, { onError })}
      />
      {asked && (
        <BlockDialog
          person={asked.person}
          onClosed={() => setAsked(undefined)}
          focusAfter={() => asked.opener}
        />
      )}
    </>
  )
}

function idOf({ id }: AdminPerson): string {
  return id
}

function nameOf({ name }: AdminPerson): string {
  return isolated(name)
}
