import { v7 as uuidv7 } from 'uuid'
import type { Arena } from '../arena.ts'
import { median, percentile } from '../statistics.ts'
import { serverTimes } from './server-times.ts'
import { textOf } from './texts.ts'

const MESSAGES = 150

interface Request {
  method: 'POST' | 'PUT' | 'DELETE'
  path: string
  body?: object
}

/** What is done to each message, one after the other. */
const ACTS = ['post', 'edit', 'reaction', 'removal'] as const

/** What becomes of a message, compared with posting it: one request after the other, everything by one person. */
export async function measureChanges(arena: Arena): Promise<void> {
  const { conclave, figures, options, progress } = arena
  progress('Posting, editing, reacting to and removing messages')
  const roomId = await newRoom(arena)
  const rows = new Map(ACTS.map((act) => [act, [] as number[][]]))
  for (let round = 0; round < options.rounds; round++) {
    await conclave.prepare(1)
    const ids = Array.from({ length: MESSAGES }, () => uuidv7())
    for (const act of ACTS) {
      const requests = ids.map((id, nth) => requestOf(act, `/v1/rooms/${roomId}/messages`, id, nth))
      rows.get(act)?.push(await costOf(arena, requests))
    }
  }
  figures.table({
    id: 'changes',
    title: `What becomes of a message, compared with posting it, median of ${options.rounds} rounds`,
    columns: ['', 'api CPU, ms', 'database CPU, ms', 'answered after p50, ms', 'p95, ms'],
    rows: [...rows].map(([act, rounds]) => [
      act,
      ...[0, 1, 2, 3].map((column) =>
        round(median(rounds.map((row) => row[column] ?? Number.NaN))),
      ),
    ]),
  })
}

async function newRoom({ conclave }: Arena): Promise<string> {
  await conclave.prepare(1)
  const body = JSON.stringify({ kind: 'closed', name: 'Changes' })
  const { status, text } = await conclave.http.send(
    'POST',
    '/v1/rooms',
    conclave.headersOf(0),
    body,
  )
  if (status !== 201) throw new Error(`A room was answered ${status}`)
  return (JSON.parse(text) as { id: string }).id
}

function requestOf(act: (typeof ACTS)[number], path: string, id: string, nth: number): Request {
  switch (act) {
    case 'post':
      return { method: 'POST', path, body: { id, text: textOf(nth) } }
    case 'edit':
      return { method: 'PUT', path: `${path}/${id}`, body: { text: `${textOf(nth)}, said better` } }
    case 'reaction':
      return {
        method: 'PUT',
        path: `${path}/${id}/reactions`,
        body: { emoji: '👍', reacted: true },
      }
    case 'removal':
      return { method: 'DELETE', path: `${path}/${id}` }
  }
}

/** Of each request: processor time of the api and of the database with all that follows it, and how long the answer took. */
async function costOf({ conclave }: Arena, requests: readonly Request[]): Promise<number[]> {
  await conclave.settle()
  const before = await serverTimes(conclave)
  const waits: number[] = []
  for (const { method, path, body } of requests) {
    const startedAt = performance.now()
    const { 'content-type': type = '', ...headers } = conclave.headersOf(0)
    const { status } = await (body
      ? conclave.http.send(method, path, { ...headers, 'content-type': type }, JSON.stringify(body))
      : conclave.http.send(method, path, headers))
    if (status >= 300) throw new Error(`${method} was answered ${status}`)
    waits.push(performance.now() - startedAt)
  }
  await conclave.settle()
  const after = await serverTimes(conclave)
  return [
    (after.api - before.api) / requests.length,
    (after.database - before.database) / requests.length,
    percentile(waits, 0.5),
    percentile(waits, 0.95),
  ]
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
