import type { Arena } from '../arena.ts'
import { ROOMS } from '../contestants/contestant.ts'
import { paced } from '../load/fixed-rate.ts'
import { until } from '../load/until.ts'
import { memoryOf } from '../machine/usage.ts'
import { percentile, slope } from '../statistics.ts'
import { textOf } from './texts.ts'

const PER_SECOND = 300
const LISTENERS = 50
const SAMPLE_SECONDS = 10
/** Code and caches settle in this share of the time; a leak continues. */
const SETTLING_SHARE = 1 / 3

interface Sample {
  minute: number
  memoryMb: number
  waiting: number
  oldestSeconds: number
  p99: number
}

/** The same load for a long time: neither memory nor the outbox may grow. */
export async function measureEndurance({
  conclave,
  figures,
  options,
  progress,
}: Arena): Promise<void> {
  const samples: Sample[] = []
  let acknowledged = 0
  let kept = 0
  const audience = await conclave.listen(LISTENERS, 0)
  const startedAt = performance.now()
  const minutes = () => (performance.now() - startedAt) / 60_000
  while (minutes() < options.enduranceMinutes) {
    await conclave.prepare(conclave.crowd.size)
    audience.begin()
    let toRoom = 0
    const waits = await paced(
      { count: PER_SECOND * SAMPLE_SECONDS, perSecond: PER_SECOND },
      async (turn) => {
        if (turn % ROOMS === 0) toRoom += 1
        await conclave.post(turn % conclave.crowd.size, turn % ROOMS, textOf(turn))
      },
    )
    const lag = await lagOf(conclave.stack.api)
    await until('everybody has everything', () => audience.complete() === toRoom)
    const audit = await conclave.audit()
    acknowledged += audit.acknowledged
    kept += audit.kept
    samples.push({
      minute: minutes(),
      memoryMb: memoryOf(conclave.pid()),
      ...lag,
      p99: percentile(waits, 0.99),
    })
    progress(line(samples.at(-1)))
  }
  audience.close()
  report(figures, samples)
  figures.fact({
    id: 'audit-endurance',
    title: 'Audit',
    text: `${acknowledged} acknowledged, ${kept} stored once and in order`,
  })
}

function report(figures: Arena['figures'], samples: Sample[]): void {
  const settled = samples.slice(Math.floor(samples.length * SETTLING_SHARE))
  const growth = (pick: keyof Sample) =>
    slope(settled.map((sample) => ({ x: sample.minute, y: sample[pick] }))).toFixed(3)
  figures.fact({
    id: 'endurance',
    title: `${PER_SECOND} messages a second to ${ROOMS} rooms, ${LISTENERS} listeners in one`,
    text:
      `memory ${growth('memoryMb')} MB a minute, waiting ${growth('waiting')} events a minute, ` +
      `oldest event ${growth('oldestSeconds')} s a minute, after the first third`,
  })
  figures.table({
    id: 'endurance',
    title: 'Over the time',
    columns: ['minute', 'memory, MB', 'waiting events', 'oldest, s', 'POST p99, ms'],
    rows: samples.map(({ minute, memoryMb, waiting, oldestSeconds, p99 }) =>
      [minute, memoryMb, waiting, oldestSeconds, p99].map((value) => Number(value.toFixed(1))),
    ),
  })
}

async function lagOf(api: string): Promise<Pick<Sample, 'waiting' | 'oldestSeconds'>> {
  const response = await fetch(`${api}/readyz`)
  const { consumers } = (await response.json()) as {
    consumers: { relay: Pick<Sample, 'waiting' | 'oldestSeconds'> }
  }
  return consumers.relay
}

function line(sample: Sample | undefined): string {
  if (!sample) return ''
  const { minute, memoryMb, waiting, p99 } = sample
  return `minute ${minute.toFixed(1)}: ${memoryMb.toFixed(0)} MB, ${waiting} events wait, p99 ${p99.toFixed(1)} ms`
}
