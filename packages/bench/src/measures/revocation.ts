import { loadavg } from 'node:os'
import type { Arena } from '../arena.ts'
import { cutOnce, type CutKind, type CutResult } from '../cuts/cut.ts'
import { MEMBERS, openScene, ROOM, type Scene } from '../cuts/scene.ts'
import { startTalk } from '../cuts/talk.ts'
import { takeToll, type Toll } from '../cuts/toll.ts'
import { type Publish, VENDORS, vendorOf, type VendorState } from '../cuts/vendor.ts'
import { until } from '../load/until.ts'
import { watchGenerator } from '../machine/usage.ts'
import { percentile } from '../statistics.ts'

const KINDS: readonly CutKind[] = ['blocked', 'taken out']
/** After this time nobody waits any longer; a message that is still missing counts as lost. */
const SETTLES_WITHIN_MS = 20_000

/**
 * Repeats revocations while people talk: how long until each is promised, how long until everybody else has caught up,
 * and that no message is lost to them or delivered to the person who lost access.
 */
export async function measureRevocation(arena: Arena): Promise<void> {
  const { conclave, figures, options, progress } = arena
  progress(`${MEMBERS} people open the room`)
  const scene = await openScene(conclave)
  const rows: (string | number)[][] = []
  const states = Object.keys(VENDORS) as VendorState[]
  for (const [nth, vendor] of states.entries()) {
    progress(`${options.cuts} people lose their access, vendor ${vendor}`)
    const generator = watchGenerator()
    const { cuts, toll } = await cutMany(arena, scene, {
      vendor,
      first: MEMBERS + nth * options.cuts,
    })
    for (const kind of KINDS) rows.push(timesRow(vendor, kind, cuts))
    report(arena, vendor, { toll, cuts, generatorPercent: generator() })
  }
  await scene.close()
  figures.table({
    id: 'revocation',
    title: `Access taken away in a room of ${MEMBERS}, a team of ${options.people}; p50 / p95 / most, ms`,
    columns: [
      'vendor',
      'somebody is',
      'times',
      'until 200',
      'others together again',
      'their socket closed',
    ],
    rows: [...rows, ['goal', '', '', '', 'p95 at most 2,000', 'p95 at most 2,000']],
  })
}

async function cutMany(
  { conclave, options }: Arena,
  scene: Scene,
  { vendor, first }: { vendor: VendorState; first: number },
): Promise<{ cuts: CutResult[]; toll: Toll }> {
  const readRecord = await vendorOf(conclave).openRecord()
  const talk = startTalk(conclave, ROOM)
  const cuts: CutResult[] = []
  const publishes: Publish[] = []
  for (let nth = 0; nth < options.cuts; nth++) {
    await conclave.prepare(MEMBERS)
    const kind = KINDS[nth % KINDS.length] ?? 'blocked'
    cuts.push(await cutOnce(conclave, scene, { person: first + nth, kind, vendor }))
    publishes.push(...(await readRecord()))
  }
  const said = await talk.stop()
  await conclave.settle()
  await allHold(scene, Math.max(...said.map(({ seq }) => seq)))
  publishes.push(...(await readRecord()))
  const toll = await takeToll(conclave, scene, { cuts, said, publishes })
  for (const { modified } of cuts) modified.close()
  return { cuts, toll }
}

async function allHold(scene: Scene, seq: number): Promise<void> {
  const allHave = () => scene.members.every(({ watch }) => watch.shown.has(seq))
  await until('everybody has everything', allHave, SETTLES_WITHIN_MS).catch(() => undefined)
}

function timesRow(vendor: VendorState, kind: CutKind, all: readonly CutResult[]) {
  const cuts = all.filter((cut) => cut.kind === kind)
  return [
    vendor,
    kind,
    cuts.length,
    times(cuts.map(({ answerMs }) => answerMs)),
    times(cuts.flatMap(({ othersMs }) => othersMs)),
    times(cuts.flatMap(({ closedMs }) => closedMs ?? [])),
  ]
}

function times(values: readonly number[]): string {
  if (values.length === 0) return ''
  return [percentile(values, 0.5), percentile(values, 0.95), Math.max(...values)]
    .map((ms) => Math.round(ms).toLocaleString('en'))
    .join(' / ')
}

function report(
  { figures }: Arena,
  vendor: VendorState,
  { toll, cuts, generatorPercent }: { toll: Toll; cuts: CutResult[]; generatorPercent: number },
): void {
  const { lost, twice, unkept, overheard, published } = toll
  const closed = cuts.filter(({ modified }) => !modified.isOpen()).length
  figures.fact({
    id: `revocation-${vendor}`,
    title: `Vendor ${vendor}`,
    text:
      `${lost} messages lost to the others, ${twice} shown twice, ${unkept} acknowledged but not stored; ` +
      `${overheard} posted after the 200 and read by whoever lost access, ${published} published to a channel of theirs ` +
      `(goal: 0 of each); generator at ${Math.round(generatorPercent)} %, load of the machine ${loadavg()[0]?.toFixed(1)}`,
  })
  for (const [what, many] of Object.entries(toll))
    if (many > 0) figures.fault(`vendor ${vendor}: ${many} ${what}`)
  if (closed > 0) figures.fault(`vendor ${vendor}: ${closed} modified clients were disconnected`)
}
