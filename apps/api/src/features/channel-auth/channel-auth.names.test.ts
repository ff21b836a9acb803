import { randomUUID } from 'node:crypto'
import { channelName } from '@conclave/shared/channels'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  authorize,
  authorizeBatch,
  namesOf,
  openChannels,
  type Channels,
} from '../../../test/channel-requests.ts'
import { withoutInstance, type Colleague } from '../../../test/data-people.ts'
import { stateOf } from '../../../test/untouched.ts'

const NO_CHANNEL =
  '{"type":"/problems/channel-not-found","title":"There is no such channel","status":404,}'

interface Cast extends Channels {
  /** The names of Alice's channels before the rekey. */
  former: Channels['names']
}
let cast: Cast

beforeAll(async () => {
  const channels = await openChannels()
  const { harness, alice, room, names: former } = channels
  await harness.sql`update rooms set epoch = epoch + 10`
  await harness.sql`update people set epoch = epoch + 10`
  await harness.sql`update team set epoch = epoch + 10`
  cast = { ...channels, former, names: await namesOf(alice, room.id) }
})
afterAll(() => cast[Symbol.asyncDispose]())

/** Not there, not hers, not now, or not exactly one of our four names: one line a case. */
const NO_CHANNELS: (readonly [what: string, name: (cast: Cast) => string])[] = [
  ['a room that is not there', () => nowhere()],
  ['its presence', () => nowhere().replace('private-encrypted', 'presence')],
  ['a person who is not there', () => person(randomUUID())],
  ['another person', ({ mallory }) => person(mallory.id)],
  ['a room under the name of a person', ({ room }) => person(room.id)],
  ['a person under the name of a room', ({ alice }) => nowhere(alice.id)],

  ['the room as it was called before', ({ former }) => former.room],
  ['its presence as it was called before', ({ former }) => former.presence],
  ['her own as it was called before', ({ former }) => former.person],
  ["the team's as it was called before", ({ former }) => former.team],
  ['the room one epoch ahead', ({ names }) => epoch(names.room, (now) => now + 1)],
  ['its presence one epoch ahead', ({ names }) => epoch(names.presence, (now) => now + 1)],
  ['her own one epoch ahead', ({ names }) => epoch(names.person, (now) => now + 1)],
  ["the team's one epoch ahead", ({ names }) => epoch(names.team, (now) => now + 1)],
  ['the room one epoch back', ({ names }) => epoch(names.room, (now) => now - 1)],
  ['an epoch with a zero before it', ({ names }) => epoch(names.room, (now) => `0${now}`)],
  ['a negative epoch', ({ names }) => epoch(names.room, (now) => `-${now}`)],
  ['an epoch and a half', ({ names }) => epoch(names.room, (now) => `${now}.0`)],
  ['an epoch in another notation', ({ names }) => epoch(names.room, (now) => `${now / 10}e1`)],
  ['an epoch beyond numbers', ({ names }) => epoch(names.room, () => 2 ** 53)],
  ['an epoch of a hundred digits', ({ names }) => epoch(names.room, () => '9'.repeat(100))],
  ['no number in the epoch', ({ names }) => epoch(names.room, () => '')],
  ['no epoch', ({ names }) => names.room.replace(/-e\d+$/, '')],
  ['two epochs', ({ names }) => `${names.room}-e10`],

  ['a public channel', () => 'public'],
  ['nothing behind private', () => 'private-'],
  ['any private channel', () => 'private-anything'],
  ['any encrypted channel', () => 'private-encrypted-anything'],
  ['nothing behind presence', () => 'presence-'],
  ['any presence channel', () => 'presence-anything'],
  ['presence of the team', ({ names }) => names.team.replace('private-encrypted', 'presence')],
  ['presence of herself', ({ names }) => names.person.replace('private-encrypted', 'presence')],
  ['unencrypted', ({ names }) => names.room.replace('private-encrypted-', 'private-')],
  ['a cache channel', () => 'private-cache-anything'],
  ['an encrypted cache channel', ({ names }) => names.room.replace('ted-', 'ted-cache-')],
  ['another case', ({ names }) => names.room.replace('private', 'PRIVATE')],
  ['upper case', ({ names }) => names.room.toUpperCase()],
  ['an upper-case id', ({ names, room }) => names.room.replace(room.id, room.id.toUpperCase())],
  ['an id without hyphens', ({ names, room }) => names.room.replace(room.id, bare(room.id))],
  ['something before it', ({ names }) => `x-${names.room}`],
  ['something after it', ({ names }) => `${names.room}-x`],
  ['two in one', ({ names }) => `${names.room},${names.room}`],
  ['two in one with a semicolon', ({ names }) => `${names.team};${names.room}`],
]

describe('alice gets the same words, no signature and no key for', () => {
  test.each(NO_CHANNELS)('%s', async (_, nameOf) => {
    await expectNoChannel(cast.alice, nameOf(cast))
  })
})

describe('mallory, outside, gets the same for', () => {
  test.each(['room', 'presence', 'person'] as const)("alice's %s", async (kind) => {
    // Without this line a typo in the name would pass for a refusal.
    expect((await authorize(cast, cast.alice, cast.names[kind])).status).toBe(200)
    await expectNoChannel(cast.mallory, cast.names[kind])
  })

  test('but the team’s channel is hers, too', async () => {
    expect((await authorize(cast, cast.mallory, cast.names.team)).status).toBe(200)
  })
})

/** Alone it is refused, in a batch it is omitted, and nothing changes. */
async function expectNoChannel(caller: Colleague, name: string): Promise<void> {
  const before = await stateOf(cast.harness)

  const alone = await authorize(cast, caller, name)
  expect(alone.status).toBe(404)
  expect(withoutInstance(alone.body)).toBe(NO_CHANNEL)
  expect(alone.headers['cache-control']).toBe('no-store')

  const batch = await authorizeBatch(cast, caller, [name, cast.names.team])
  expect(batch.status).toBe(200)
  const { channels } = JSON.parse(batch.body) as { channels: object }
  expect(Object.keys(channels)).toEqual([cast.names.team])

  expect(await stateOf(cast.harness)).toEqual(before)
}

function nowhere(roomId = randomUUID() as string): string {
  return channelName({ kind: 'room', roomId, epoch: 10 })
}

function person(personId: string): string {
  return channelName({ kind: 'person', personId, epoch: 10 })
}

function epoch(name: string, change: (now: number) => number | string): string {
  return name.replace(/-e(\d+)$/, (_, now: string) => `-e${change(Number(now))}`)
}

function bare(id: string): string {
  return id.replaceAll('-', '')
}
