import type { Identity } from '../../actor.ts'
import type { Context } from '../../context.ts'
import { emitToTeam } from '../../log/emit.ts'
import { inTransaction } from '../../transaction.ts'
import { joinDefaultRooms } from '../rooms/room-joining.actions.ts'
import { lockDefaultRooms } from '../rooms/rooms.store.ts'
import { insertPerson } from './people.store.ts'
import { fetchProfile } from './userinfo.ts'

// The first page load makes several requests at once; they share one request to Auth0.
const arriving = new WeakMap<Context, Map<string, Promise<void>>>()

/** Stores a new person, and adds them to the rooms that everybody is in. */
export async function arrive(ctx: Context, identity: Identity): Promise<void> {
  const flights = arriving.get(ctx) ?? new Map<string, Promise<void>>()
  arriving.set(ctx, flights)
  const flight = flights.get(identity.sub) ?? createPerson(ctx, identity)
  flights.set(identity.sub, flight)
  try {
    await flight
  } finally {
    flights.delete(identity.sub)
  }
}

async function createPerson(ctx: Context, identity: Identity): Promise<void> {
  const profile = await fetchProfile(ctx, identity)
  await inTransaction(ctx, null, async (tx) => {
    const rooms = await lockDefaultRooms(tx.sql)
    for (const roomId of rooms) tx.lockedRooms.add(roomId)
    const person = await insertPerson(tx.sql, profile)
    // Another instance has stored them first.
    if (!person) return
    // The workspace's owner owns the rooms that everybody is in.
    const role = person.role === 'owner' ? 'owner' : 'member'
    await joinDefaultRooms(tx, rooms, { personId: person.id, role })
    await emitToTeam(tx, { type: 'person.joined', data: person })
  })
}
