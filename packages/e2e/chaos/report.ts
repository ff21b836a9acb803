/** What one run did and found; it is good when there are no failures. */
export interface ChaosReport {
  seed: number
  /** How many kills of the api were asked for. */
  asked: number
  kills: number
  brokerKills: number
  /** Sockets of subscribers that were cut. */
  cuts: number
  acknowledged: number
  retried: number
  repeats: number
  lost: number
  duplicates: number
  outOfOrder: number
  events: number
  /** Events that came again after a crash and were dropped by their revision. */
  heldBack: number
  catchUps: number
  gaps: number
  reloads: number
  subscriptions: number
  /** From the kill until the api listens again. */
  apiBackMs: number[]
  /** From the kill until every client shows what was said after it. */
  apiLiveMs: number[]
  brokerLiveMs: number[]
  /** What the api logged as errors. */
  apiErrors: string[]
  seconds: number
  failures: string[]
}

export function emptyReport(seed: number, asked: number): ChaosReport {
  return {
    seed,
    asked,
    kills: 0,
    brokerKills: 0,
    cuts: 0,
    acknowledged: 0,
    retried: 0,
    repeats: 0,
    lost: 0,
    duplicates: 0,
    outOfOrder: 0,
    events: 0,
    heldBack: 0,
    catchUps: 0,
    gaps: 0,
    reloads: 0,
    subscriptions: 0,
    apiBackMs: [],
    apiLiveMs: [],
    brokerLiveMs: [],
    apiErrors: [],
    seconds: 0,
    failures: [],
  }
}

export function table(report: ChaosReport): string {
  const rows: [string, string | number][] = [
    ['seed', report.seed],
    ['kills of the api', `${report.kills} of ${report.asked}`],
    ['kills of the broker', report.brokerKills],
    ['sockets cut', report.cuts],
    ['posts acknowledged', report.acknowledged],
    ['posts retried', report.retried],
    ['repeats answered 200', report.repeats],
    ['lost', report.lost],
    ['duplicates', report.duplicates],
    ['out of order', report.outOfOrder],
    ['events folded', report.events],
    ['events repeated, dropped', report.heldBack],
    ['catch-ups done', report.catchUps],
    ['gap repairs', report.gaps],
    ['reloads', report.reloads],
    ['subscriptions', report.subscriptions],
    ['api listens again', spread(report.apiBackMs)],
    ['clients live again', spread(report.apiLiveMs)],
    ['after a broker kill', spread(report.brokerLiveMs)],
    ['errors the api logged', report.apiErrors.length],
    ['seconds', report.seconds.toFixed(1)],
  ]
  return rows.map(([name, value]) => `  ${name.padEnd(26)}${value}`).join('\n')
}

function spread(times: number[]): string {
  const sorted = times.toSorted((a, b) => a - b)
  const median = sorted[Math.floor(sorted.length / 2)]
  const most = sorted.at(-1)
  if (median === undefined || most === undefined) return '-'
  return `median ${Math.round(median)} ms, max ${Math.round(most)} ms`
}
