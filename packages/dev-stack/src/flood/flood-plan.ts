import type { FloodSize } from './flood-sizes.ts'
import { TOPICS } from './flood-words.ts'

/** The owner has number 0; the others follow. */
export const OWNER = 0
/** The first person who is nobody of the seed. */
export const FIRST_NEW_PERSON = 4

/**
 * One room. Its members are chosen by arithmetic, so that Postgres can work out members and authors without a list: the
 * person of place k has number 1 + (start + k * step) modulo the number of people who are not the owner.
 */
export interface FloodRoom {
  n: number
  kind: 'open' | 'closed' | 'direct'
  name: string
  /** How many members it has besides the owner. */
  members: number
  start: number
  step: number
  has_owner: boolean
  messages: number
  /** How many of them the owner has not read. */
  owner_unread: number
}

/** Primes that divide none of the sizes, so that no person comes twice. */
const STEPS = [7, 13, 17, 19, 23, 29, 31, 41, 43]
/** How much larger the first rooms are than the last; less is more. */
const EVEN = { members: 30, messages: 300 }
const MEMBERS_MIN = 3
/** Of the owner's rooms that are neither direct nor well known: every second half of the list has this share. */
const AMONG_LARGEST = 0.8
const MANY_UNREAD = 400
const UNREAD_SPREAD = 150

/** All rooms of a size, the same on every run; number 0 is General, which exists already. */
export function planRooms(size: FloodSize): FloodRoom[] {
  const known = knownRooms(size)
  const others = size.rooms - known.length - size.direct
  const memberShares = shares(
    others,
    size.memberships - sum(known, ({ members }) => members) - directMembers(size),
    EVEN.members,
  )
  const messageShares = shares(
    others + size.direct,
    size.messages - sum(known, ({ messages }) => messages),
    EVEN.messages,
  )
  const isOwners = chooseOwners(size, known.length, others)
  const rooms = Array.from({ length: others }, (_, i): FloodRoom => {
    const has_owner = isOwners(i)
    const members = (memberShares[i] ?? 0) - Number(has_owner)
    return {
      n: known.length + i,
      kind: i % 5 === 4 || others === 1 ? 'closed' : 'open',
      name: `${TOPICS[i % TOPICS.length]} ${1 + Math.floor(i / TOPICS.length)}`,
      members: Math.min(size.people - 1, Math.max(MEMBERS_MIN, members)),
      start: (i * 7_919) % (size.people - 1),
      step: STEPS[i % STEPS.length] ?? 7,
      has_owner,
      messages: messageShares[i] ?? 0,
      owner_unread: 0,
    }
  })
  const direct = directRooms(size, known.length + others, messageShares.slice(others))
  return [...known, ...[...rooms, ...direct].map(withUnread)]
}

function knownRooms({ people, general, townHall, operations }: FloodSize): FloodRoom[] {
  const room = { kind: 'open', start: 0, step: 7, has_owner: true } as const
  return [
    { ...room, n: 0, name: 'General', members: people - 1, ...general, owner_unread: 30 },
    { ...room, n: 1, name: 'Town hall', ...townHall, owner_unread: 500 },
    { ...room, n: 2, name: 'Operations', ...operations, owner_unread: 0 },
  ].map((each) => ({ ...each, owner_unread: Math.min(each.owner_unread, each.messages) }))
}

/** Most of the owner's rooms are large ones. */
function chooseOwners(
  { ownersRooms, ownersDirect }: FloodSize,
  known: number,
  others: number,
): (i: number) => boolean {
  const wanted = Math.min(others, ownersRooms - ownersDirect - known)
  const first = wanted === others ? wanted : Math.round(wanted * AMONG_LARGEST)
  const every = Math.max(1, Math.floor((others - first) / Math.max(1, wanted - first)))
  return (i) => i < first || ((i - first) % every === 0 && (i - first) / every < wanted - first)
}

/** Of the owner with one or two others, and of two neighbours. */
function directRooms(size: FloodSize, from: number, messages: readonly number[]): FloodRoom[] {
  return Array.from({ length: size.direct }, (_, i): FloodRoom => {
    const has_owner = i < size.ownersDirect
    return {
      n: from + i,
      kind: 'direct',
      name: '',
      members: has_owner ? ownersGuests(i) : 2,
      // Number 4 and on: the direct rooms of the seed are between people before them.
      start: has_owner ? FIRST_NEW_PERSON - 1 + i : FIRST_NEW_PERSON - 1 + 2 * i,
      step: 1,
      has_owner,
      messages: messages[i] ?? 0,
      owner_unread: 0,
    }
  })
}

function ownersGuests(i: number): number {
  return i % 5 === 4 ? 2 : 1
}

function directMembers({ direct, ownersDirect }: FloodSize): number {
  const guests = Array.from({ length: ownersDirect }, (_, i) => 1 + ownersGuests(i))
  return sum(guests, (each) => each) + 2 * (direct - ownersDirect)
}

function withUnread(room: FloodRoom): FloodRoom {
  if (!room.has_owner || room.n % 8 === 0) return room
  const wanted = MANY_UNREAD + ((room.n * 37) % UNREAD_SPREAD)
  return { ...room, owner_unread: wanted <= room.messages ? wanted : room.n % 20 }
}

/** Splits a total into so many falling shares, which add up to it. */
function shares(count: number, total: number, even: number): number[] {
  const weights = Array.from({ length: count }, (_, i) => 1 / (i + even))
  const whole = sum(weights, (weight) => weight)
  let left = total
  return weights.map((weight, i) => {
    const share = i === count - 1 ? left : Math.round((weight / whole) * total)
    left -= share
    return share
  })
}

function sum<Each>(list: readonly Each[], of: (each: Each) => number): number {
  return list.reduce((total, each) => total + of(each), 0)
}
