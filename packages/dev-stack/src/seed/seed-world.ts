import { createClient, type Call } from '@conclave/shared/client'
import { addMember } from '@conclave/shared/members'
import { listMessages, postMessage } from '@conclave/shared/messages'
import { getMe } from '@conclave/shared/people'
import { everyPage } from '@conclave/shared/pages'
import { listRooms, moveRead } from '@conclave/shared/rooms'
import { createRoom, openDirect } from '@conclave/shared/rooms.create'
import { v7 as uuidv7 } from 'uuid'
import { backdate } from './backdate.ts'
import { ALICE_BOB, DESIGN, GENERAL, type SeedLine } from './conversation.ts'

interface Where {
  api: string
  auth0: string
  database: string
}

interface SignedIn {
  id: string
  call: Call
}

/**
 * Seeds the workspace once, through the api's own client: Carol owns it, Alice and Bob talk, and Mallory is outside of
 * *design* and of the direct room.
 */
export async function seedWorld(where: Where): Promise<void> {
  const carol = await signedIn(where, 'carol@example.com')
  const pages = await everyPage((query) => carol.call(listRooms, { query }))
  const general = pages.flatMap(({ rooms }) => rooms).find(({ kind }) => kind === 'open')
  if (!general || general.lastSeq > 0) return

  const alice = await signedIn(where, 'alice@example.com')
  const bob = await signedIn(where, 'bob@example.com')
  await signedIn(where, 'mallory@example.com')
  const cast = { alice, bob, carol }

  const design = await carol.call(createRoom, {
    body: { kind: 'closed', name: 'Design', topic: 'The mark, the type, the quiet' },
  })
  await carol.call(addMember, { params: { roomId: design.id }, body: { personId: alice.id } })
  const direct = await alice.call(openDirect, { body: { people: [bob.id] } })

  const dates = [
    ...(await post(cast, general.id, GENERAL)),
    ...(await post(cast, design.id, DESIGN)),
    ...(await post(cast, direct.id, ALICE_BOB)),
  ]
  await backdate(where.database, dates)

  await moveReadTo(alice, general.id)
  await moveReadTo(alice, design.id, 2)
  await moveReadTo(alice, direct.id)
  await moveReadTo(bob, general.id)
  await moveReadTo(bob, direct.id)
  await moveReadTo(carol, general.id)
  await moveReadTo(carol, design.id)
}

async function signedIn({ api, auth0 }: Where, email: string): Promise<SignedIn> {
  const response = await fetch(`${auth0}/__emulator/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email }),
  })
  const { access_token: token } = (await response.json()) as { access_token: string }
  const call = createClient({ baseUrl: api, fetch, token: () => Promise.resolve(token) })
  return { call, id: (await call(getMe, {})).id }
}

async function post(
  cast: Record<SeedLine['who'], SignedIn>,
  roomId: string,
  lines: SeedLine[],
): Promise<{ id: string; at: Date }[]> {
  const dates: { id: string; at: Date }[] = []
  for (const { who, when, text } of lines) {
    const at = dateOf(when)
    const id = uuidv7({ msecs: at.getTime() })
    await cast[who].call(postMessage, { params: { roomId }, body: { id, text } })
    dates.push({ id, at })
  }
  return dates
}

function dateOf(when: SeedLine['when']): Date {
  const now = new Date()
  if ('minutesAgo' in when) return new Date(now.getTime() - when.minutesAgo * 60_000)
  const [hours = 0, minutes = 0] = when.at.split(':').map(Number)
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() - when.daysAgo, hours, minutes)
}

async function moveReadTo(person: SignedIn, roomId: string, leaveUnread = 0): Promise<void> {
  const { messages } = await person.call(listMessages, {
    params: { roomId },
    query: { limit: '1' },
  })
  const seq = Math.max(0, (messages.at(-1)?.seq ?? 0) - leaveUnread)
  await person.call(moveRead, { params: { roomId }, body: { seq } })
}
