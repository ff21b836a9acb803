import type { FrameCounts } from './broker.ts'
import { percentile } from './percentile.ts'
import { KINDS, type Kind } from './schedule.ts'

export interface OutageReport {
  seconds: number
  postsBefore: number
  postsDuring: number
  p99BeforeMs: number
  p99DuringMs: number
  /** Events that waited when the broker came back. */
  backlog: number
  /** From the broker's start until they were published, and until everybody showed the last of them. */
  drainMs: number
  liveMs: number
  /** Events that somebody received after a later one. */
  outOfOrder: number
}

export interface DiskReport {
  /** Posts answered with a 503 while the disk was full, first for data and then for the log. */
  refusedData: number
  refusedLog: number
  acknowledged: number
  lost: number
  /** Whether the room could be read while nothing could be written. */
  readable: boolean
  /** How often Postgres gave up and how often it had to be started by hand, as a service manager does. */
  panics: number
  postgresStarts: number
  /** From the space being back until a post was stored; the api was never restarted. */
  dataBackMs: number
  logBackMs: number
}

/** What one run did and found; it is good when there are no failures. */
export interface ChaosReport {
  seed: number
  /** How many kills were asked for. */
  asked: number
  kills: Record<Kind, number>
  mishaps: { cuts: number; offline: number; asleep: number; spells: number }
  frames: FrameCounts
  acknowledged: number
  retried: number
  thrownAway: number
  repeats: number
  unavailable: number
  disagreements: number
  /** How many messages answered another, and what else was done with messages. */
  answers: number
  edited: number
  removed: number
  reacted: number
  read: number
  moderated: number
  lost: number
  duplicates: number
  outOfOrder: number
  events: number
  /** Events that came again and were dropped by their revision. */
  duplicateEvents: number
  catchUps: number
  gaps: number
  reloads: number
  /** How often somebody differed from the server's history. */
  repairs: number
  /** How long its process took to be back, and how long from the kill until everybody showed what was said after. */
  backMs: Record<Kind, number[]>
  liveMs: Record<Kind, number[]>
  outage?: OutageReport
  /** The results of the full disk, or why it was not tried. */
  diskFull?: DiskReport | string
  /** What the api logged as errors. */
  apiErrors: string[]
  /** What each part was doing when the run gave up, and the last that each of them said. */
  standstill: string[]
  seconds: number
  failures: string[]
}

export function emptyReport(seed: number, asked: number): ChaosReport {
  return {
    seed,
    asked,
    kills: ofKinds(() => 0),
    mishaps: { cuts: 0, offline: 0, asleep: 0, spells: 0 },
    frames: { dropped: 0, duplicated: 0, reordered: 0 },
    acknowledged: 0,
    retried: 0,
    thrownAway: 0,
    repeats: 0,
    unavailable: 0,
    disagreements: 0,
    answers: 0,
    edited: 0,
    removed: 0,
    reacted: 0,
    read: 0,
    moderated: 0,
    lost: 0,
    duplicates: 0,
    outOfOrder: 0,
    events: 0,
    duplicateEvents: 0,
    catchUps: 0,
    gaps: 0,
    reloads: 0,
    repairs: 0,
    backMs: ofKinds(() => []),
    liveMs: ofKinds(() => []),
    apiErrors: [],
    standstill: [],
    seconds: 0,
    failures: [],
  }
}

export function killsOf({ kills }: ChaosReport): number {
  return KINDS.reduce((sum, kind) => sum + kills[kind], 0)
}

export function table(report: ChaosReport): string {
  const { kills, mishaps, frames } = report
  const rows: [string, string | number][] = [
    ['seed', report.seed],
    ['kills', `${killsOf(report)} of ${report.asked}`],
    ['  of an api', kills.api],
    ['  of the broker', kills.broker],
    ['  of Postgres', kills.postgres],
    ['  of an api and Postgres', kills.both],
    ['sockets closed', mishaps.cuts],
    ['clients offline, asleep', `${mishaps.offline}, ${mishaps.asleep}`],
    ['broker slow or failing', mishaps.spells],
    ['frames dropped', frames.dropped],
    ['frames doubled', frames.duplicated],
    ['frames overtaken', frames.reordered],
    ['posts acknowledged', report.acknowledged],
    ['posts retried', report.retried],
    ['answers thrown away', report.thrownAway],
    ['repeats answered 200', report.repeats],
    ['attempts answered 503', report.unavailable],
    ['answers that disagree', report.disagreements],
    ['replies', report.answers],
    ['edited, removed', `${report.edited}, ${report.removed}`],
    ['reacted, read, moderated', `${report.reacted}, ${report.read}, ${report.moderated}`],
    ['lost', report.lost],
    ['duplicates', report.duplicates],
    ['out of order', report.outOfOrder],
    ['events folded', report.events],
    ['duplicate events dropped', report.duplicateEvents],
    ['catch-ups done', report.catchUps],
    ['gap repairs', report.gaps],
    ['reloads', report.reloads],
    ['histories repaired', report.repairs],
    ...KINDS.flatMap((kind): [string, string][] => [
      [`${kind}: process back`, spread(report.backMs[kind])],
      [`${kind}: all clients live`, spread(report.liveMs[kind])],
    ]),
    ...outageRows(report),
    ...diskRows(report),
    ['errors the api logged', report.apiErrors.length],
    ['seconds', report.seconds.toFixed(1)],
  ]
  return rows.map(([name, value]) => `  ${name.padEnd(30)}${value}`).join('\n')
}

function outageRows({ outage }: ChaosReport): [string, string | number][] {
  if (!outage) return []
  return [
    ['broker away, seconds', outage.seconds],
    ['  POST p99 before', `${milliseconds(outage.p99BeforeMs)} of ${outage.postsBefore} posts`],
    ['  POST p99 during', `${milliseconds(outage.p99DuringMs)} of ${outage.postsDuring} posts`],
    ['  backlog', `${outage.backlog} events, drained in ${milliseconds(outage.drainMs)}`],
    ['  everybody live', milliseconds(outage.liveMs)],
    ['  received out of order', outage.outOfOrder],
  ]
}

function diskRows({ diskFull }: ChaosReport): [string, string | number][] {
  if (diskFull === undefined) return []
  if (typeof diskFull === 'string') return [['disk full', diskFull]]
  return [
    ['disk full for data', `${diskFull.refusedData} posts answered 503, and reading works`],
    ['  stored after space is back', milliseconds(diskFull.dataBackMs)],
    ['disk full for the log', `${diskFull.refusedLog} posts answered 503`],
    ['  stored after space is back', milliseconds(diskFull.logBackMs)],
    ['  Postgres panics, starts', `${diskFull.panics}, ${diskFull.postgresStarts}`],
    ['  acknowledged, lost', `${diskFull.acknowledged}, ${diskFull.lost}`],
  ]
}

function ofKinds<Value>(value: () => Value): Record<Kind, Value> {
  return { api: value(), broker: value(), postgres: value(), both: value() }
}

function spread(times: number[]): string {
  const median = percentile(times, 0.5)
  if (median === undefined) return '-'
  return `median ${milliseconds(median)}, max ${milliseconds(Math.max(...times))}`
}

function milliseconds(ms: number): string {
  return `${ms < 100 ? ms.toFixed(1) : Math.round(ms)} ms`
}
