import type { AdminPerson } from '@conclave/shared/admin'
import type { Me } from '@conclave/shared/people'

/** Owners may block everyone, admins may block members, nobody may block themselves. */
export function mayBlock(me: Me, person: AdminPerson): boolean {
  if (person.id === me.id) return false
  return me.role === 'owner' || (me.role === 'admin' && person.role === 'member')
}

/** Whether this is the only owner who is not blocked. */
export function isLastOwner(person: AdminPerson, people: readonly AdminPerson[]): boolean {
  if (person.role !== 'owner') return false
  return people.every(({ id, role, active }) => role !== 'owner' || !active || id === person.id)
}
