import { expect, test } from 'vitest'
import { otherPerson } from './other-person.ts'
import { roomName } from './room-name.ts'

const NAMES = new Map([
  ['alice', 'Alice Meyer'],
  ['bob', 'Bob Tanaka'],
  ['carol', 'Carol Okafor'],
])
const nameOf = (id: string) => NAMES.get(id)

test('a direct room is named after the others in it, by name, whoever of them is known', () => {
  const room = direct('carol', 'alice', 'bob', 'somebody new')
  expect(roomName(room, 'alice', nameOf)).toBe('Bob Tanaka, Carol Okafor, Someone')
  expect(otherPerson(room, 'alice')).toBeUndefined()
})

test('a direct room of two is the other person, and one with myself is me', () => {
  expect(otherPerson(direct('alice', 'bob'), 'alice')).toBe('bob')
  expect(otherPerson(direct('alice'), 'alice')).toBe('alice')
  expect(roomName(direct('alice'), 'alice', nameOf)).toBe('Alice Meyer')
})

test('any other room has its own name, and nobody is the other person in it', () => {
  const room = { ...direct('alice', 'bob'), kind: 'closed' as const, name: 'Design' }
  expect(roomName(room, 'alice', nameOf)).toBe('Design')
  expect(otherPerson(room, 'alice')).toBeUndefined()
})

function direct(...people: string[]) {
  return { kind: 'direct' as const, name: '', people }
}
