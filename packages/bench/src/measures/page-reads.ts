import type { Arena } from '../arena.ts'
import type postgres from 'postgres'
import { v7 as uuidv7 } from 'uuid'
import { watchGenerator } from '../machine/usage.ts'
import { percentile } from '../statistics.ts'

const READS = 200

/** A page of fifty messages, at the end and anywhere, in rooms that differ only in the number of messages. */
export async function measurePages(arena: Arena): Promise<void> {
  const { conclave, figures, options } = arena
  const rooms = new Map<number, string>()
  for (const rows of options.pageRows) {
    arena.progress(`Filling a room with ${rows.toLocaleString('en')} messages`)
    rooms.set(rows, await fillRoom(conclave.sql, conclave.crowd.idOf(0), rows))
    for (const share of ['p50', 'p99'])
      figures.define({
        id: `page-${rows}-${share}`,
        title: `A page of 50 among ${rows.toLocaleString('en')} messages, ${share}`,
        unit: 'ms',
        better: 'less',
      })
  }
  arena.progress('Reading pages')
  for (let round = 0; round < options.rounds; round++) {
    await conclave.prepare(1)
    for (const [rows, roomId] of rooms) {
      const generator = watchGenerator()
      const waits = await readPages(arena, roomId, rows)
      for (const [share, at] of [
        ['p50', 0.5],
        ['p99', 0.99],
      ] as const)
        figures.note(`page-${rows}-${share}`, 'conclave', percentile(waits, at), generator())
    }
  }
}

async function readPages({ conclave }: Arena, roomId: string, rows: number): Promise<number[]> {
  const waits: number[] = []
  for (let read = 0; read < READS; read++) {
    // Half at the end, where people are; half anywhere, where a search or an old link leads.
    const where = read % 2 === 0 ? '' : `?before=${1 + Math.floor(Math.random() * rows)}`
    const startedAt = performance.now()
    const path = `/v1/rooms/${roomId}/messages${where}`
    const { status } = await conclave.http.send('GET', path, conclave.headersOf(0))
    if (status !== 200) throw new Error(`A page was answered ${status}`)
    waits.push(performance.now() - startedAt)
  }
  return waits
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
