import type { AdminPerson } from '@conclave/shared/admin'
import type { Me } from '@conclave/shared/people'

/** Owners may block everyone, admins may block members, nobody may block themselves. */
export function mayBlock(me: Me, person: AdminPerson): boolean {
  if (person.id === me.id) return false
  return me.role === 'owner' || (me.role === 'admin' && person.role === 'member')
}

/** Whether this is the only owner who is not blocked, of the `owners` that there are. */
export function isLastOwner(person: AdminPerson, owners: number): boolean {
  return person.role === 'owner' && person.active && owners === 1
}
