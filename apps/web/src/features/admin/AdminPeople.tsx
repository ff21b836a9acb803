import type { AdminPerson } from '@conclave/shared/admin'
import type { Me } from '@conclave/shared/people'
import { useState } from 'react'
import { errorMessage } from '../../server/problem-message.ts'
import { useNotice } from '../../ui/Notice.tsx'
import { compareNames } from '../rooms/room-name.ts'
import { useUnblockPerson, useUpdatePersonRole } from './admin.queries.ts'
import { isLastOwner, mayBlock } from './admin.rights.ts'
import { AdminPersonRow } from './AdminPersonRow.tsx'
import { BlockDialog } from './BlockDialog.tsx'

/** Everybody who ever signed in, as owners and admins see them. */
export function AdminPeople({ people, me }: { people: readonly AdminPerson[]; me: Me }) {
  const { mutate: changeRole } = useUpdatePersonRole()
  const { mutate: unblock } = useUnblockPerson()
  const notify = useNotice()
  const onError = (error: unknown) => notify(errorMessage(error))
  const [asked, setAsked] = useState<{ person: AdminPerson; opener: HTMLElement }>()

  return (
    <>
      <ul aria-label="People">
        {people
          .toSorted((a, b) => compareNames(a.name, b.name))
          .map((person) => (
            <AdminPersonRow
              key={person.id}
              person={person}
              isMe={person.id === me.id}
              isLastOwner={isLastOwner(person, people)}
              onRole={
                me.role === 'owner'
                  ? (role) => changeRole({ personId: person.id, role }, { onError })
                  : undefined
              }
              onAccess={
                mayBlock(me, person)
                  ? (opener) =>
                      person.active ? setAsked({ person, opener }) : unblock(person.id, { onError })
                  : undefined
              }
            />
          ))}
      </ul>
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
