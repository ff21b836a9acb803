import { everyPage } from '@conclave/shared/pages'
import { listPeople, type People, type Person } from '@conclave/shared/people'
import { foldPeople, keepPeople, type HeldPeople } from '@conclave/shared/people.fold'
import type { Envelope } from '@conclave/shared/events'
import { listRooms, type Rooms } from '@conclave/shared/rooms'
import { folded } from './data-envelopes.ts'
import type { Caller } from './instance.ts'

/** All my rooms, without the people that the answers name. Epochs only grow, so the highest ones of all pages are current. */
export async function everyRoom({ call }: Pick<Caller, 'call'>): Promise<Rooms> {
  const pages = await everyPage((query) => call(listRooms, { query }))
  const { rev, teamRev } = pages[0]
  return {
    rooms: pages.flatMap(({ rooms }) => rooms),
    rev,
    epoch: Math.max(...pages.map(({ epoch }) => epoch)),
    teamEpoch: Math.max(...pages.map(({ teamEpoch }) => teamEpoch)),
    teamRev,
  }
}

/** Everybody in the team, by name; as of the first page, or later. */
export async function everyPerson({ call }: Pick<Caller, 'call'>): Promise<People> {
  const pages = await everyPage((query) => call(listPeople, { query }))
  return { people: pages.flatMap(({ people }) => people), rev: pages[0].rev }
}

/** The same people after these envelopes, as a client that holds them has them. */
export function foldedPeople(before: People, envelopes: Envelope[]): People {
  const held = keepPeople({ rev: before.rev, listsRev: before.rev, byId: new Map() }, before)
  const { rev, byId } = folded(held, envelopes, foldPeople)
  return { people: before.people.map(({ id }) => personOf(byId, id)), rev }
}

function personOf(byId: HeldPeople['byId'], id: string): Person {
  const person = byId.get(id)?.person
  if (!person) throw new Error('A client has lost a person that it held')
  return person
}
