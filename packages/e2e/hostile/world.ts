import type { Stack } from '@conclave/dev-stack/stack'
import type { Call } from '@conclave/shared/client'
import { addMember } from '@conclave/shared/members'
import { postMessage } from '@conclave/shared/messages'
import { toName } from '@conclave/shared/names'
import { getMe, type Me } from '@conclave/shared/people'
import { setReaction } from '@conclave/shared/reactions'
import { listRooms, type Room } from '@conclave/shared/rooms'
import { createRoom, openDirect } from '@conclave/shared/rooms.create'
import postgres from 'postgres'
import { v7 as uuidv7 } from 'uuid'
import { callAs, callByEmail, signUp } from '../api-client.ts'

const PASSWORD = 'not-a-kind-person'
const AT_ONCE = 8

export interface HostileWorld {
  /** The room where everybody posts their own name. */
  general: Room
  /** One for each row; some have the topics. */
  rooms: Room[]
  /** The text of the message in General to which everybody has reacted; each has also reacted to their own. */
  reactedByAll: string
  /** Posts a further message in General, as the person with this name. */
  say: (name: string, text: string) => Promise<void>
  /** A further room with messages from Carol. */
  roomWith: (name: string, texts: readonly string[]) => Promise<Room>
}

/** The harmless twin of every row: what is beside it must look the same. */
export const PLAIN = 'Plain Jane'

/**
 * Every row is a person's name, which that person posts in General, and the name of a room; several together are the
 * topic of one of `withTopics`. Everybody also reacts. The names go through sign-up, the profile and the api as far as these accept them.
 * Afterwards they are written to the database unchanged, because the web must not rely on the api's refusals or
 * corrections.
 */
export async function makeHostileWorld(
  stack: Stack,
  rows: readonly string[],
  withTopics: readonly string[],
): Promise<HostileWorld> {
  const carol = await callAs(stack, 'carol')
  const alice = await callAs(stack, 'alice')
  const viewer = await alice(getMe, {})
  const general = (await alice(listRooms, {})).rooms.find(({ kind }) => kind === 'open')
  if (!general) throw new Error('everybody is in General')

  const people = await inTurns([PLAIN, ...rows], async (name, index) => {
    const email = `hostile-${index}@example.com`
    await signUp(stack, { name, email, password: PASSWORD })
    const call = await callByEmail(stack, email)
    const me = await call(getMe, {})
    await react(call, general, await post(call, general, name), '👍')
    return { name, me, call }
  })
  const reactedByAll = 'Who is coming?'
  const forAll = await post(carol, general, reactedByAll)
  // From the last row on: so many people are named, but not all.
  await inTurns(people.toReversed(), ({ call }) => react(call, general, forAll, '🎉'))
  await writeNames(stack, people)

  async function roomOf(name: string, topic: string): Promise<Room> {
    const room = await carol(createRoom, { body: { kind: 'closed', name: toName(name) || 'x' } })
    await carol(addMember, { params: { roomId: room.id }, body: { personId: viewer.id } })
    await writeRoom(stack, { ...room, name, topic })
    return { ...room, name, topic }
  }
  const topics = shared(rows, withTopics.length)
  const rooms = await inTurns([PLAIN, ...rows], (row) =>
    roomOf(row, topics[withTopics.indexOf(row)] ?? ''),
  )
  const six = people.slice(-6).map(({ me }) => me.id)
  await alice(openDirect, { body: { people: six } })

  return {
    general,
    rooms,
    reactedByAll,
    say: async (name, text) => {
      const person = people.find((one) => one.name === name)
      if (!person) throw new Error(`nobody is called ${name}`)
      await post(person.call, general, text)
    },
    roomWith: async (name, texts) => {
      const room = await roomOf(name, '')
      for (const text of texts) await post(carol, room, text)
      return room
    },
  }
}

/** The rows, split into this many topics. */
function shared(rows: readonly string[], parts: number): string[] {
  return Array.from({ length: parts }, (_, part) =>
    rows.filter((_, index) => index % parts === part).join(' '),
  )
}

/** Returns the id of the message. */
async function post(call: Call, { id: roomId }: Room, text: string): Promise<string> {
  const { id } = await call(postMessage, { params: { roomId }, body: { id: uuidv7(), text } })
  return id
}

async function react(call: Call, room: Room, messageId: string, emoji: string): Promise<void> {
  await call(setReaction, {
    params: { roomId: room.id, messageId },
    body: { emoji, reacted: true },
  })
}

async function writeRoom(stack: Stack, { id, name, topic }: Room): Promise<void> {
  const sql = postgres(stack.database, { max: 1 })
  await sql`update rooms set name = ${name}, topic = ${topic} where id = ${id}`
  await sql.end()
}

async function writeNames(stack: Stack, people: { name: string; me: Me }[]): Promise<void> {
  const sql = postgres(stack.database, { max: 1 })
  for (const { name, me } of people) {
    await sql`
      update people set name = ${name}, avatar_url = ${`javascript:own()//${name}`}
      where id = ${me.id}`
  }
  await sql.end()
}

async function inTurns<Item, Result>(
  items: readonly Item[],
  act: (item: Item, index: number) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = []
  for (let start = 0; start < items.length; start += AT_ONCE) {
    const turn = items.slice(start, start + AT_ONCE)
    results.push(...(await Promise.all(turn.map((item, nth) => act(item, start + nth)))))
  }
  return results
}
