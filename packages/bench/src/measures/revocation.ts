import { loadavg } from 'node:os'
import type { Arena } from '../arena.ts'
import {
  revokeOnce,
  type RevocationKind,
  type RevocationResult,
} from '../revocations/revoke-once.ts'
import { MEMBERS, openScene, ROOM, type Scene } from '../revocations/scene.ts'
import { startPosts } from '../revocations/steady-posts.ts'
import { countViolations, type Violations } from '../revocations/violations.ts'
import { type Publish, VENDORS, vendorOf, type VendorState } from '../revocations/vendor.ts'
import { until } from '../load/until.ts'
import { watchGenerator } from '../machine/usage.ts'
import { percentile } from '../statistics.ts'

const KINDS: readonly RevocationKind[] = ['blocked', 'taken out']
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
    progress(`${options.revocations} people lose their access, vendor ${vendor}`)
    const generator = watchGenerator()
    const { revocations, violations } = await revokeMany(arena, scene, {
      vendor,
      first: MEMBERS + nth * options.revocations,
    })
    for (const kind of KINDS) rows.push(timesRow(vendor, kind, revocations))
    report(arena, vendor, { violations, revocations, generatorPercent: generator() })
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

async function revokeMany(
  { conclave, options }: Arena,
  scene: Scene,
  { vendor, first }: { vendor: VendorState; first: number },
): Promise<{ revocations: RevocationResult[]; violations: Violations }> {
  const readRecord = await vendorOf(conclave).openRecord()
  const talk = startPosts(conclave, ROOM)
  const revocations: RevocationResult[] = []
  const publishes: Publish[] = []
  for (let nth = 0; nth < options.revocations; nth++) {
    await conclave.prepare(MEMBERS)
    const kind = KINDS[nth % KINDS.length] ?? 'blocked'
    revocations.push(await revokeOnce(conclave, scene, { person: first + nth, kind, vendor }))
    publishes.push(...(await readRecord()))
  }
  const said = await talk.stop()
  await conclave.settle()
  await allHold(scene, Math.max(...said.map(({ seq }) => seq)))
  publishes.push(...(await readRecord()))
  const violations = await countViolations(conclave, scene, { revocations, said, publishes })
  for (const { modified } of revocations) modified.close()
  return { revocations, violations }
}

async function allHold(scene: Scene, seq: number): Promise<void> {
  const allHave = () => scene.members.every(({ watch }) => watch.shown.has(seq))
  await until('everybody has everything', allHave, SETTLES_WITHIN_MS).catch(() => undefined)
}

function timesRow(vendor: VendorState, kind: RevocationKind, all: readonly RevocationResult[]) {
  const revocations = all.filter((one) => one.kind === kind)
  return [
    vendor,
    kind,
    revocations.length,
    times(revocations.map(({ answerMs }) => answerMs)),
    times(revocations.flatMap(({ othersMs }) => othersMs)),
    times(revocations.flatMap(({ closedMs }) => closedMs ?? [])),
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
  {
    violations,
    revocations,
    generatorPercent,
  }: { violations: Violations; revocations: RevocationResult[]; generatorPercent: number },
): void {
  const { lost, twice, unkept, overheard, published } = violations
  const closed = revocations.filter(({ modified }) => !modified.isOpen()).length
  figures.fact({
    id: `revocation-${vendor}`,
    title: `Vendor ${vendor}`,
    text:
      `${lost} messages lost to the others, ${twice} shown twice, ${unkept} acknowledged but not stored; ` +
      `${overheard} posted after the 200 and read by the person who lost access, ${published} published to a channel of theirs ` +
      `(goal: 0 of each); generator at ${Math.round(generatorPercent)} %, load of the machine ${loadavg()[0]?.toFixed(1)}`,
  })
  for (const [what, many] of Object.entries(violations))
    if (many > 0) figures.fault(`vendor ${vendor}: ${many} ${what}`)
  if (closed > 0) figures.fault(`vendor ${vendor}: ${closed} modified clients were disconnected`)
}
