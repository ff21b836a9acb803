import type { Arena } from '../arena.ts'
import type { Audience } from '../contestants/contestant.ts'
import { paced } from '../load/fixed-rate.ts'
import { until } from '../load/until.ts'
import { countStatements, forgetStatements, readStatements } from '../machine/statements.ts'
import { serverTimes } from './server-times.ts'
import { textOf } from './texts.ts'

const PER_SECOND = 50
const POSTS = 150
const CLIENTS = 16
/** The number of rooms in use, and of listeners in each. */
const CELLS = [
  { rooms: 1, listeners: 10 },
  { rooms: 10, listeners: 10 },
  { rooms: 100, listeners: 10 },
  { rooms: 1, listeners: 100 },
  { rooms: 1, listeners: 1_000 },
]

/** What one message costs without any other load, for growing numbers of rooms and listeners. */
export async function measureCost(arena: Arena): Promise<void> {
  const { conclave, figures } = arena
  await countStatements(conclave.sql, true)
  const rows: (string | number)[][] = []
  for (const cell of CELLS) {
    arena.progress(`What a message costs: ${cell.rooms} rooms, ${cell.listeners} listeners in each`)
    rows.push(await costOf(arena, cell))
  }
  await countStatements(conclave.sql, false)
  figures.table({
    id: 'cost',
    title: `What one message costs, at ${PER_SECOND} a second`,
    columns: [
      'rooms',
      'listeners in each',
      'api CPU, ms',
      'database CPU, ms',
      'statements',
      'publishes',
      'Pusher messages',
    ],
    rows,
  })
}

async function costOf(
  { conclave }: Arena,
  { rooms, listeners }: (typeof CELLS)[number],
): Promise<(string | number)[]> {
  await conclave.prepare(Math.max(CLIENTS, listeners))
  const audiences: Audience[] = []
  for (let room = 0; room < rooms; room++) audiences.push(await conclave.listen(listeners, room))
  const before = await readings()
  await forgetStatements(conclave.sql)
  const posted = new Map<number, number>()
  await paced({ count: POSTS, perSecond: PER_SECOND }, async (turn) => {
    const room = turn % rooms
    posted.set(room, (posted.get(room) ?? 0) + 1)
    await conclave.post(turn % CLIENTS, room, textOf(turn))
  })
  await until('everybody has everything', () =>
    audiences.every((audience, room) => audience.complete() >= (posted.get(room) ?? 0)),
  )
  await conclave.settle()
  const calls = await readStatements(conclave.sql)
  const after = await readings()
  audiences.forEach((audience) => audience.close())
  const each = (name: keyof typeof after) => round((after[name] - before[name]) / POSTS)
  return [
    rooms,
    listeners,
    each('api'),
    each('database'),
    round(calls / POSTS),
    each('publishes'),
    round((after.publishes - before.publishes + after.deliveries - before.deliveries) / POSTS),
  ]

  async function readings() {
    const { host, port } = conclave.stack.pusher
    const response = await fetch(`http://${host}:${port}/__emulator/stats`)
    const { publishes, deliveries } = (await response.json()) as Record<string, number>
    return {
      ...(await serverTimes(conclave)),
      publishes: publishes ?? 0,
      deliveries: deliveries ?? 0,
    }
  }
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
