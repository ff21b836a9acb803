import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '@conclave/dev-stack/root'
import { ratios, spread } from '../statistics.ts'
import type { Machine } from '../machine/machine.ts'
import type { Fact, Figure, Table } from './figures.ts'
import { judge } from './goals.ts'
import type { Result } from './result.ts'
import { against, show, verdict } from './words.ts'

const PAGE = join(ROOT, 'docs', 'performance.md')
const COLUMNS = ['conclave', 'socketio-normal', 'socketio-full', 'tutorial']
const PEERS = ['socketio-normal', 'tutorial']

/** Writes the run into the page, between the two marks of its mode. */
export function publish(result: Result): void {
  const isOfCuts = result.options.mode === 'revocation'
  const name = isOfCuts ? 'bench --revocation' : 'bench'
  const begin = `<!-- ${name}: written by \`pnpm ${name} --publish\` -->`
  const page = readFileSync(PAGE, 'utf8')
  const before = page.slice(0, page.indexOf(begin) + begin.length)
  const after = page.slice(page.indexOf(`<!-- ${name}: end -->`))
  const text = isOfCuts ? revocationMarkdown(result) : markdown(result)
  writeFileSync(PAGE, `${before}\n\n${text}\n\n${after}`)
}

function revocationMarkdown({ machine, facts, tables }: Result): string {
  return [
    `${machineWords(machine)}; ${machine.pinning}.`,
    ...tables.map(tableWords),
    factsWords(facts.filter(({ id }) => id.startsWith('revocation'))),
  ].join('\n\n')
}

function markdown(result: Result): string {
  const { machine, options } = result
  return [
    `${machineWords(machine)}; ${machine.pinning}; ${options.rounds} rounds of ${options.seconds} s each.`,
    figuresTable(result.figures),
    goalsTable(result),
    ...result.tables.map(tableWords),
    factsWords(result.facts),
  ].join('\n\n')
}

function machineWords(machine: Machine): string {
  return (
    `${machine.date}, ${machine.processor}, ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.system}; ` +
    `Node ${machine.node}, Postgres ${machine.postgres}, fsync ${machine.fsync} ` +
    `(${machine.commitsPerSecond} commits a second by one writer)`
  )
}

function tableWords({ title, columns, rows }: Table): string {
  const cells = rows.map((row) => row.map(String))
  return `${title}:\n\n${table(columns, cells)}`
}

function factsWords(facts: readonly Fact[]): string {
  return facts.map(({ title, text }) => `- ${title}: ${text}`).join('\n')
}

function figuresTable(figures: readonly Figure[]): string {
  const head = ['', ...COLUMNS, ...PEERS.map((peer) => `÷ ${peer}`), 'generator']
  const rows = figures.map((figure) => [
    `${figure.title}, ${figure.unit}`,
    ...COLUMNS.map((who) => middle(figure.values[who])),
    ...PEERS.map((peer) => ratio(figure, peer)),
    busiest(figure),
  ])
  return table(head, rows)
}

function goalsTable({ figures }: Result): string {
  const head = ['goal', 'reached', 'wanted', 'stretch', '']
  const rows = judge(figures).map((goal) => [
    `${goal.title}${against(goal)}`,
    show(goal.reached.median),
    `${goal.compare} ${goal.goal}`,
    String(goal.stretch),
    verdict(goal),
  ])
  return table(head, rows)
}

function middle(values: readonly number[] | undefined): string {
  return values && values.length > 0 ? show(spread(values).median) : ''
}

function ratio({ values }: Figure, peer: string): string {
  const each = ratios(values['conclave'] ?? [], values[peer] ?? [])
  if (each.length === 0) return ''
  const { median, min, max } = spread(each)
  return each.length > 1 ? `${show(median)} (${show(min)} to ${show(max)})` : show(median)
}

function busiest({ generator }: Figure): string {
  const most = Math.max(0, ...Object.values(generator).flat())
  return most > 0 ? `${Math.round(most)} %` : ''
}

function table(head: string[], rows: string[][]): string {
  const lines = [head, head.map(() => '---'), ...rows]
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
