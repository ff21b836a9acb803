import type { Message } from '@conclave/shared/messages'
import { canonicalJson } from '@conclave/shared/messages.digest'
import type postgres from 'postgres'
import type { ChaosReport } from './report.ts'
import type { Subscriber } from './subscriber.ts'

/** A message as stored in the database, in the order of the room. */
export interface StoredRow {
  id: string
  seq: number
  authorId: string
  text: string
}

export async function readRows(sql: postgres.Sql, roomId: string): Promise<StoredRow[]> {
  const rows = await sql<StoredRow[]>`
    select id, seq::int as seq, author_id as "authorId", text
    from messages where room_id = ${roomId} order by seq`
  return [...rows]
}

interface Evidence {
  /** The messages from before the run. */
  before: readonly StoredRow[]
  rows: readonly StoredRow[]
  lastSeq: number
  pages: readonly Message[]
  /** Of each poster, in the order in which it was answered. */
  acknowledged: readonly (readonly Message[])[]
  /** The ids of those whose text a moderator has removed. */
  moderated: ReadonlySet<string>
  subscribers: readonly Subscriber[]
}

/** Compares what was acknowledged, what is stored and what everybody sees. */
export function compare(report: ChaosReport, evidence: Evidence): void {
  const { rows, lastSeq, pages, acknowledged, subscribers } = evidence
  compareStored(report, evidence)
  if (rows.some(({ seq }, index) => seq !== index + 1) || lastSeq !== rows.length)
    report.failures.push('seq has gaps')
  if (pages.some((message, index) => !isSame(rows[index], message)) || pages.length !== rows.length)
    report.failures.push('the pages differ from the database')

  for (const said of acknowledged)
    report.outOfOrder += said.filter(({ seq }, at) => seq <= (said[at - 1]?.seq ?? 0)).length
  const truth = canonicalJson(pages)
  for (const subscriber of subscribers) {
    const { name, faults, counts } = subscriber
    report.duplicates += faults.duplicates + subscriber.twice.size
    report.outOfOrder += faults.outOfOrder
    if (faults.vanished > 0) report.failures.push(`${name} saw ${faults.vanished} messages vanish`)
    if (counts.refused > 0) report.failures.push(`${name} refused ${counts.refused} events`)
    if (counts.repairs > 0)
      report.failures.push(`${name} differed from the server's history ${counts.repairs} times`)
    if (subscriber.transcript() !== truth)
      report.failures.push(`${name}'s transcript differs from the database`)
  }
  for (const kind of ['lost', 'duplicates', 'outOfOrder', 'disagreements'] as const)
    if (report[kind] > 0) report.failures.push(`${kind}: ${report[kind]}`)
}

function compareStored(
  report: ChaosReport,
  { before, rows, moderated, acknowledged }: Evidence,
): void {
  const said = acknowledged
    .flat()
    .map((message) => (moderated.has(message.id) ? { ...message, text: '' } : message))
  const byId = new Map(rows.map((row) => [row.id, row]))
  report.lost = said.filter((message) => !isSame(byId.get(message.id), message)).length
  const stored = rows.length - before.length
  // Every text is posted once, so a text that is there twice was stored twice. Removed messages have none.
  const texts = rows.slice(before.length).flatMap(({ text }) => (text ? [text] : []))
  report.duplicates += texts.length - new Set(texts).size
  if (stored !== said.length)
    report.failures.push(`${stored} messages are stored, ${said.length} were acknowledged`)
}

function isSame(row: StoredRow | undefined, message: Message): boolean {
  return (
    row !== undefined &&
    row.id === message.id &&
    row.seq === message.seq &&
    row.authorId === message.authorId &&
    row.text === message.text
  )
}
