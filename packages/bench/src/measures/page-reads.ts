import type { Arena } from '../arena.ts'
import type postgres from 'postgres'
import { v7 as uuidv7 } from 'uuid'
import { watchGenerator } from '../machine/usage.ts'
import { percentile } from '../statistics.ts'

const READS = 200

/** What a client reads of a room. */
const READING = {
  page: (rows: number) => `A page of 50 among ${rows.toLocaleString('en')} messages`,
  changes: (rows: number) =>
    `The last 20 changes of a room with ${rows.toLocaleString('en')} messages`,
  rooms: (rows: number) =>
    `The room list of somebody in a room with ${rows.toLocaleString('en')} messages`,
} as const
type Reading = keyof typeof READING

interface LongRoom {
  roomId: string
  rows: number
  /** Its only member, who is in no other room of these. */
  client: number
}

/** A page of fifty messages, at the end and anywhere, and what else is read of a room, in rooms that differ only in the number of messages. */
export async function measurePages(arena: Arena): Promise<void> {
  const { conclave, figures, options } = arena
  const rooms: LongRoom[] = []
  for (const [client, rows] of options.pageRows.entries()) {
    arena.progress(`Filling a room with ${rows.toLocaleString('en')} messages`)
    const roomId = await fillRoom(conclave.sql, conclave.crowd.idOf(client), rows)
    rooms.push({ roomId, rows, client })
    for (const [reading, titleOf] of Object.entries(READING))
      for (const share of ['p50', 'p99'])
        figures.define({
          id: `${reading}-${rows}-${share}`,
          title: `${titleOf(rows)}, ${share}`,
          unit: 'ms',
          better: 'less',
        })
  }
  arena.progress('Reading pages, changes and room lists')
  for (let round = 0; round < options.rounds; round++) {
    await conclave.prepare(rooms.length)
    for (const reading of Object.keys(READING) as Reading[])
      for (const room of rooms) {
        const generator = watchGenerator()
        const waits = await timesOf(arena, reading, room)
        for (const [share, at] of [
          ['p50', 0.5],
          ['p99', 0.99],
        ] as const) {
          const id = `${reading}-${room.rows}-${share}`
          figures.note(id, 'conclave', percentile(waits, at), generator())
        }
      }
  }
}

async function timesOf({ conclave }: Arena, reading: Reading, room: LongRoom): Promise<number[]> {
  const waits: number[] = []
  for (let read = 0; read < READS; read++) {
    const path = pathOf(reading, room, read)
    const startedAt = performance.now()
    const { status } = await conclave.http.send('GET', path, conclave.headersOf(room.client))
    if (status !== 200) throw new Error(`${path} was answered ${status}`)
    waits.push(performance.now() - startedAt)
  }
  return waits
}

function pathOf(reading: Reading, { roomId, rows }: LongRoom, read: number): string {
  if (reading === 'rooms') return '/v1/rooms'
  if (reading === 'changes') return `/v1/rooms/${roomId}/changes?after=${rows - 20}`
  // Half at the end, where people are; half anywhere, where a search or an old link leads.
  const where = read % 2 === 0 ? '' : `?before=${1 + Math.floor(Math.random() * rows)}`
  return `/v1/rooms/${roomId}/messages${where}`
}

/** Inserted by SQL, because reading is what is measured. */
async function fillRoom(sql: postgres.Sql, personId: string, rows: number): Promise<string> {
  const roomId = uuidv7()
  await sql`
    insert into rooms (id, kind, name, rev, last_seq)
    values (${roomId}, 'closed', ${`Of ${rows}`}, ${rows}, ${rows})`
  await sql`
    insert into memberships (room_id, person_id, role) values (${roomId}, ${personId}, 'owner')`
  await sql`
    insert into messages (room_id, id, seq, rev, author_id, text, created_at)
    select ${roomId}, uuidv7(), n, n, ${personId}, 'This is message number ' || n || ' of many',
      now() - (${rows} - n) * interval '1 second'
    from generate_series(1, ${rows}::int) n`
  await sql`analyze messages`
  return roomId
}
