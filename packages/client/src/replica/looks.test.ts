import { ALICE, NOON } from '@conclave/shared/examples'
import type { HeldPeople } from '@conclave/shared/people.fold'
import type { Room, Rooms } from '@conclave/shared/rooms'
import { QueryClient } from '@tanstack/query-core'
import { beforeEach, describe, expect, test } from 'vitest'
import { nodeEnvironment } from '../../node/node-environment.ts'
import { withPeople } from '../../node/with-people.ts'
import { messagesKey } from '../keys/messages.keys.ts'
import { PEOPLE_KEY } from '../keys/people.keys.ts'
import { ROOMS_KEY } from '../keys/rooms.keys.ts'
import type { PeopleLoader } from '../people/people-loader.ts'
import type { Target } from './my-streams.ts'
import { idAt, page } from './replica.examples.ts'
import { createReplica, type Arrival, type Replica } from './replica.ts'
import { personIds, roomIds, teamServer } from './team-server.examples.ts'

const LOOK = new Set(['person', 'team'] as const)

let queryClient: QueryClient
let server: ReturnType<typeof teamServer>
let people: PeopleLoader
let replica: Replica
let resyncs: Target[]

beforeEach(() => open({ people: 10, rooms: 5 }))

/** A client of Alice's, before its first look. */
function open(size: { people: number; rooms: number }): void {
  queryClient = new QueryClient()
  server = teamServer(size, nodeEnvironment.sha256)
  resyncs = []
  const cache = withPeople({ call: server.call, queryClient })
  people = cache.people
  replica = createReplica({
    ...cache,
    environment: nodeEnvironment,
    myId: ALICE,
    resync: (target) => resyncs.push(target),
  })
}

describe.each([
  [10, 5],
  [10, 500],
  [10_000, 5],
  [10_000, 500],
])('a team of %i people, of whom Alice shows a few, and %i rooms of hers', (size, count) => {
  beforeEach(() => open({ people: size, rooms: count }))

  test('are as on the server after any events, of which some are lost, and looks in between', async () => {
    const random = randomOf(size + count)
    const shown = personIds(size).slice(0, 8)
    await replica.fetchMissing(LOOK)
    people.need(shown)
    await settled()
    for (let round = 0; round < 12; round++) {
      const frame = Array.from({ length: 30 }, () => somethingHappens(random, size))
      receive(...frame.filter(() => random() > 0.1))
      server.options.bucketsMax = 1 + Math.floor(random() * 16)
      server.options.during = () => receive(somethingHappens(random, size))
      await replica.fetchMissing(LOOK)
    }
    await replica.fetchMissing(LOOK)
    expect(rooms()).toEqual([...server.state.rooms.values()].toSorted(byId))
    expect(shownPeople(shown)).toEqual(shown.map((id) => server.state.people.get(id)))
    expect(held().byId.size).toBe(8)
    expect(held().rev).toBe(server.state.teamRev)
  })

  test('cost one request, and nothing of the cache is touched, while nothing moves', async () => {
    await replica.fetchMissing(LOOK)
    const before = { rooms: rooms(), held: held() }
    server.requests.length = 0
    await replica.fetchMissing(LOOK)
    expect(server.requests).toEqual(['/v1/look'])
    expect(rooms()).toBe(before.rooms)
    expect(held()).toBe(before.held)
  })

  test('are folded once for a frame, and rooms that did not move stay the same objects', async () => {
    await replica.fetchMissing(LOOK)
    const before = rooms()
    const [first, second] = roomIds(2) as [string, string]
    const updates = updatesDuring(() =>
      receive(
        ...Array.from({ length: 20 }, () => server.happen.said(first)),
        ...Array.from({ length: 20 }, () => server.happen.memberJoined(second)),
      ),
    )
    expect(updates).toEqual([ROOMS_KEY[0]])
    expect(room(first)).toEqual(server.state.rooms.get(first))
    expect(room(second)).toEqual(server.state.rooms.get(second))
    expect(
      rooms()
        .slice(2)
        .every((room, index) => room === before[index + 2]),
    ).toBe(true)
  })
})

test('a room that I was taken out of is forgotten, whatever else happened within its frame', async () => {
  await replica.fetchMissing(LOOK)
  const [gone, kept] = roomIds(2) as [string, string]
  for (const id of [gone, kept]) queryClient.setQueryData(messagesKey(id), page())
  receive(server.happen.left(gone), server.happen.joined(idAt(77)), server.happen.said(kept))
  expect(room(gone)).toBeUndefined()
  expect(room(idAt(77))).toBeDefined()
  expect(queryClient.getQueryData(messagesKey(gone))).toBeUndefined()
  expect(queryClient.getQueryData(messagesKey(kept))).toBeDefined()
})

describe('a look', () => {
  beforeEach(async () => replica.fetchMissing(LOOK))

  test('removes a room that I was taken out of while I was away, with its messages', async () => {
    const [gone] = roomIds(1) as [string]
    queryClient.setQueryData(messagesKey(gone), page())
    server.happen.left(gone)
    await replica.fetchMissing(LOOK)
    expect(room(gone)).toBeUndefined()
    expect(queryClient.getQueryData(messagesKey(gone))).toBeUndefined()
  })

  test('brings everything back to a server that was restored from a backup', async () => {
    people.need([ALICE, personIds(10)[1]!])
    await settled()
    const backup = structuredClone(server.state)
    const [first, second] = roomIds(2) as [string, string]
    receive(
      server.happen.said(first),
      server.happen.rekeyed(second),
      server.happen.joined(idAt(77)),
      server.happen.renamed(ALICE, 'Alice after the backup'),
    )
    expect(room(idAt(77))).toBeDefined()
    Object.assign(server.state, backup)
    await replica.fetchMissing(LOOK)
    expect(rooms()).toEqual([...backup.rooms.values()])
    expect(list()).toMatchObject({ rev: backup.rev, epoch: backup.epoch, teamRev: backup.teamRev })
    expect(held().rev).toBe(backup.teamRev)
    expect(shownPeople([ALICE])).toEqual([backup.people.get(ALICE)])
  })

  test('brings back an epoch and a line alone that were ahead of the server', async () => {
    const [first, second] = roomIds(2) as [string, string]
    queryClient.setQueryData<Rooms>(ROOMS_KEY, (list) => ({
      ...list!,
      rooms: list!.rooms.map((room) =>
        room.id === first ? { ...room, rev: 9 } : room.id === second ? { ...room, epoch: 9 } : room,
      ),
    }))
    await replica.fetchMissing(LOOK)
    expect(rooms()).toEqual([...server.state.rooms.values()])
  })

  test('does not undo what arrived while it was on its way', async () => {
    const [first] = roomIds(1) as [string]
    server.happen.said(first)
    server.options.during = () => receive(server.happen.read(first), server.happen.joined(idAt(77)))
    await replica.fetchMissing(LOOK)
    expect(rooms()).toEqual([...server.state.rooms.values()])
    expect(list().rev).toBe(server.state.rev)
  })

  test('takes as many looks as the server needs, and never takes a part for the whole', async () => {
    server.options.bucketsMax = 2
    server.happen.read(roomIds(1)[0]!)
    server.requests.length = 0
    await replica.fetchMissing(LOOK)
    expect(server.requests).toHaveLength(3)
    expect(rooms()).toEqual([...server.state.rooms.values()])
    server.options.bucketsMax = 0
    server.happen.left(roomIds(1)[0]!)
    await expect(replica.fetchMissing(LOOK)).rejects.toThrow('there is still more')
    expect(rooms()).toHaveLength(5)
  })

  test('finds a line that a forged event has made wrong and that has the server’s revision', async () => {
    const [first] = roomIds(1) as [string]
    const said = server.happen.said(first)
    const joined = { ...(said.wire as object), type: 'member.joined', data: aMember() }
    receive({ ...said, wire: joined }, said)
    expect(room(first)).toMatchObject({ rev: 2, lastSeq: 1, memberCount: 3 })
    await replica.fetchMissing(LOOK)
    expect(room(first)).toEqual(server.state.rooms.get(first))
  })

  test('after an event that this version cannot read, folds again once the server has answered the room', async () => {
    const [first] = roomIds(1) as [string]
    const said = server.happen.said(first)
    receive({ ...said, wire: { ...(said.wire as object), type: 'room.danced', data: {} } })
    await replica.fetchMissing(new Set([`room:${first}`] as const))
    receive(server.happen.said(first))
    expect(room(first)).toEqual(server.state.rooms.get(first))
  })
})

describe('the team', () => {
  const [, bob, carol] = personIds(10) as [string, string, string]
  beforeEach(async () => {
    await replica.fetchMissing(LOOK)
    people.need([ALICE, bob])
    await settled()
    server.requests.length = 0
  })

  test('after a gap is asked for what changed, and only held people are held', async () => {
    server.happen.renamed(carol, 'Caroline')
    receive(server.happen.renamed(bob, 'Robert'))
    expect(resyncs).toEqual(['team'])
    await replica.fetchMissing(new Set(['team'] as const))
    expect(server.requests).toEqual(['/v1/people/changes'])
    expect(shownPeople([bob])).toMatchObject([{ name: 'Robert' }])
    expect([...held().byId.keys()]).toEqual([ALICE, bob])
    expect(held().rev).toBe(server.state.teamRev)
  })

  test('after too many changes is asked for those who are shown, and holds nobody else', async () => {
    people.need([carol])()
    await settled()
    server.options.changesMax = 1
    server.happen.renamed(carol, 'Caroline')
    server.happen.renamed(bob, 'Robert')
    server.requests.length = 0
    await replica.fetchMissing(LOOK)
    expect(server.requests).toEqual(['/v1/look', '/v1/people/changes', '/v1/people/by-id'])
    expect([...held().byId.keys()]).toEqual([ALICE, bob])
    expect(shownPeople([bob])).toMatchObject([{ name: 'Robert' }])
  })

  test('finds a name that a forged event has changed, although it took the revision of a true one', async () => {
    const renamed = server.happen.renamed(carol, 'Caroline')
    const forged = { ...server.state.people.get(bob)!, name: 'Alice' }
    receive({ ...renamed, wire: { ...(renamed.wire as object), data: forged } }, renamed)
    expect(shownPeople([bob])).toEqual([forged])
    await replica.fetchMissing(LOOK)
    expect(shownPeople([bob])).toEqual([server.state.people.get(bob)])
    server.requests.length = 0
    await replica.fetchMissing(LOOK)
    expect(server.requests).toEqual(['/v1/look'])
  })

  test('finds a forged name that is shown with one look, although events have changed very many others', async () => {
    open({ people: 250, rooms: 1 })
    await replica.fetchMissing(LOOK)
    const others = personIds(250).slice(10)
    people.need([bob])
    people.need(others)()
    await settled()
    receive(...others.map((id) => server.happen.renamed(id, 'Somebody')))
    const renamed = server.happen.renamed(carol, 'Caroline')
    const forged = { ...server.state.people.get(bob)!, name: 'Alice' }
    receive({ ...renamed, wire: { ...(renamed.wire as object), data: forged } }, renamed)
    expect(shownPeople([bob])).toEqual([forged])
    await replica.fetchMissing(LOOK)
    expect(shownPeople([bob])).toEqual([server.state.people.get(bob)])
  })

  test('is not asked for again because of an event that arrived during a look', async () => {
    server.options.during = () => receive(server.happen.renamed(carol, 'Caroline'))
    await replica.fetchMissing(LOOK)
    expect(server.requests).toEqual(['/v1/look'])
    expect(held().rev).toBe(server.state.teamRev)
  })

  test('keeps an event that arrived while its changes were asked for', async () => {
    server.happen.renamed(carol, 'Caroline')
    server.happen.renamed(bob, 'Robert')
    server.options.during = () => receive(server.happen.renamed(bob, 'Bobby'))
    await replica.fetchMissing(new Set(['team'] as const))
    expect(held().rev).toBe(server.state.teamRev)
    expect(shownPeople([bob])).toEqual([server.state.people.get(bob)])
  })
})

describe('a hint', () => {
  const [first, second] = roomIds(2) as [string, string]
  beforeEach(async () => replica.fetchMissing(LOOK))

  test('moves rooms on, has no revision, and shows no gap', () => {
    server.happen.said(first)
    server.happen.memberJoined(second)
    const hint = server.happen.hinted(first, second)
    expect(replica.receive([hint, hint])).toEqual(['hint', 'hint'])
    expect(rooms()).toEqual([...server.state.rooms.values()])
    expect(list().rev).toBe(5)
    expect(replica.receive([server.happen.read(first)])).toEqual(['folded'])
    expect(resyncs).toEqual([])
  })

  test('that is older than what is known changes nothing', () => {
    const old = server.happen.hinted(first)
    receive(server.happen.said(first), roleChanged(first))
    const before = rooms()
    receive(old)
    expect(rooms()).toBe(before)
  })

  test('of an earlier moment of my own stream does not give back an earlier role', () => {
    server.happen.said(first)
    const early = server.happen.hinted(first)
    receive(roleChanged(first))
    receive(early)
    expect(room(first)).toMatchObject({ rev: 2, lastSeq: 2, role: 'moderator' })
  })

  test('of a room that I am not known to be in is looked for, and adds nothing itself', () => {
    server.happen.joined(idAt(77))
    receive(server.happen.hinted(first, idAt(77)))
    expect(resyncs).toEqual(['person'])
    expect(rooms()).toHaveLength(5)
  })

  test('on another channel than mine, of an earlier epoch, or of another form is refused', () => {
    server.happen.said(first)
    const { channel, wire } = server.happen.hinted(first)
    const mine = wire as { data: object }
    const refused = [
      { channel, wire: { ...mine, person: idAt(3) } },
      { channel: { ...channel, epoch: 0 }, wire: { ...mine, epoch: 0 } },
      { channel, wire: { ...mine, data: { rooms: [{ id: first }] } } },
    ]
    expect(replica.receive(refused)).toEqual(['refused', 'refused', 'refused'])
    expect(room(first)?.rev).toBe(1)
    expect(replica.receive([{ channel, wire }])).toEqual(['hint'])
  })

  test('that is lost is made up for by the next look', async () => {
    server.happen.said(first)
    await replica.fetchMissing(LOOK)
    expect(room(first)).toEqual(server.state.rooms.get(first))
  })
})

test('the echo of how far I have read changes nothing but the revision', async () => {
  await replica.fetchMissing(LOOK)
  const [first] = roomIds(1) as [string]
  const before = rooms()
  const echo = server.happen.read(first)
  receive(echo)
  expect(list().rev).toBe(6)
  expect(rooms()).toBe(before)
})

function somethingHappens(random: () => number, size: number): Arrival {
  const roomId = pick([...server.state.rooms.keys()], random)
  const ids = personIds(Math.min(size, 12))
  const { happen } = server
  return pick(
    [
      () => happen.said(roomId),
      () => happen.said(roomId),
      () => happen.memberJoined(roomId),
      () => happen.read(roomId),
      () => happen.rekeyed(roomId),
      () => (server.state.rooms.size > 3 ? happen.left(roomId) : happen.said(roomId)),
      () => happen.joined(idAt(2_000 + Math.floor(random() * 40))),
      () => happen.renamed(pick(ids, random), `Name ${random()}`),
      () => happen.cameAndWent(pick(ids.slice(1), random), ids[0]!),
      () => happen.hinted(roomId),
    ],
    random,
  )()
}

function receive(...events: Arrival[]): void {
  replica.receive(events)
}

function roleChanged(roomId: string): Arrival {
  server.state.rooms.set(roomId, { ...server.state.rooms.get(roomId)!, role: 'moderator' })
  const told = server.happen.read(roomId)
  const data = { roomId, role: 'moderator' }
  return { ...told, wire: { ...(told.wire as object), type: 'role.changed', data } }
}

function aMember() {
  return { personId: idAt(999), role: 'member', joinedAt: NOON }
}

/** The names of the cache's entries that changed, in order. */
function updatesDuring(act: () => void): unknown[] {
  const updates: unknown[] = []
  const stop = queryClient.getQueryCache().subscribe((event) => {
    if (event.type === 'updated') updates.push(event.query.queryKey[0])
  })
  act()
  stop()
  return updates
}

function list(): Rooms {
  return queryClient.getQueryData<Rooms>(ROOMS_KEY)!
}

function rooms(): Room[] {
  return list().rooms
}

function room(roomId: string): Room | undefined {
  return rooms().find(({ id }) => id === roomId)
}

function held(): HeldPeople {
  return queryClient.getQueryData<HeldPeople>(PEOPLE_KEY)!
}

function shownPeople(ids: readonly string[]) {
  return ids.map((id) => held().byId.get(id)?.person)
}

/** Once the requests of this tick have been answered. */
async function settled(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve))
}

function byId(a: Room, b: Room): number {
  return a.id < b.id ? -1 : 1
}

function pick<Item>(items: readonly Item[], random: () => number): Item {
  return items[Math.floor(random() * items.length)]!
}

/** The same numbers for the same seed (a linear congruential generator, as in Numerical Recipes). */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32
    return state / 2 ** 32
  }
}
