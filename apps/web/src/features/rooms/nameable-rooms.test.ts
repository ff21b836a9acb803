import { general } from '@conclave/shared/rooms.examples'
import type { Room } from '@conclave/shared/rooms'
import { expect, test } from 'vitest'
import { createNameablesOf } from './nameable-rooms.ts'

const rooms: Room[] = ['a', 'b', 'c'].map((id) => ({ ...general, id, name: `Room ${id}` }))

test('messages, and what is read, leave the names of my rooms the very same list', () => {
  const nameablesOf = createNameablesOf()
  const before = nameablesOf(rooms)
  expect(nameablesOf(withChange(1, { rev: 9, lastSeq: 9, readSeq: 3 }))).toBe(before)
  // A look makes all rooms anew.
  expect(nameablesOf(structuredClone(rooms))).toBe(before)
})

test('a room that is renamed, comes, goes, or has other people is in the list as it is now', () => {
  const nameablesOf = createNameablesOf()
  const namesOf = (list: Room[]) => nameablesOf(list).map(({ name }) => name)
  expect(namesOf(rooms)).toEqual(['Room a', 'Room b', 'Room c'])
  expect(namesOf(withChange(1, { name: 'Design' }))).toEqual(['Room a', 'Design', 'Room c'])
  expect(namesOf(rooms.slice(1))).toEqual(['Room b', 'Room c'])
  expect(namesOf(rooms)).toEqual(['Room a', 'Room b', 'Room c'])
  const [first] = nameablesOf(withChange(0, { kind: 'direct', people: ['alice', 'bob'] }))
  expect(first).toMatchObject({ kind: 'direct', people: ['alice', 'bob'] })
  expect(
    nameablesOf(withChange(0, { kind: 'direct', people: ['alice', 'carol'] }))[0]?.people,
  ).toEqual(['alice', 'carol'])
})

function withChange(position: number, change: Partial<Room>): Room[] {
  return rooms.map((room, nth) => (nth === position ? { ...room, ...change } : room))
}
