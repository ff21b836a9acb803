import { expect, it } from 'vitest'
import { planRooms } from '../src/flood/flood-plan.ts'
import { FLOOD_SIZES, type FloodSizeName } from '../src/flood/flood-sizes.ts'

it.each<[FloodSizeName, number]>([
  ['small', 0],
  ['middle', 90],
  ['large', 300],
])('the %s team is as large as it says, the same each time', (name, manyUnread) => {
  const size = FLOOD_SIZES[name]
  const rooms = planRooms(size)
  expect(planRooms(size)).toEqual(rooms)
  expect(rooms.map(({ n }) => n)).toEqual(rooms.map((_, n) => n))
  expect(rooms).toHaveLength(size.rooms)
  expect(sum(rooms.map(({ messages }) => messages))).toBe(size.messages)
  const memberships = sum(rooms.map(({ members, has_owner }) => members + Number(has_owner)))
  expect(Math.abs(memberships - size.memberships)).toBeLessThan(size.people / 100 + 4)

  const owners = rooms.filter(({ has_owner }) => has_owner)
  expect(owners).toHaveLength(size.ownersRooms)
  expect(owners.filter(({ kind }) => kind === 'direct')).toHaveLength(size.ownersDirect)
  expect(owners.filter((room) => room.owner_unread >= 400).length).toBeGreaterThanOrEqual(
    manyUnread,
  )
  expect(owners.every((room) => room.owner_unread <= room.messages)).toBe(true)
})

it('nobody is in a room twice, and no two direct rooms have the same people', () => {
  const { people } = FLOOD_SIZES.large
  const rooms = planRooms(FLOOD_SIZES.large)
  const others = people - 1
  const keys = rooms.map((room) => {
    const places = Array.from(
      { length: room.members },
      (_, k) => (room.start + k * room.step) % others,
    )
    expect(new Set(places).size).toBe(room.members)
    return `${room.kind} ${room.has_owner} ${places.toSorted((a, b) => a - b).join(' ')}`
  })
  const direct = keys.filter((key) => key.startsWith('direct'))
  expect(new Set(direct).size).toBe(FLOOD_SIZES.large.direct)
})

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
