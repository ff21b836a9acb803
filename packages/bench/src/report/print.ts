import { ratios, spread } from '../statistics.ts'
import type { Figure, Table } from './figures.ts'
import { judge } from './goals.ts'
import type { Result } from './result.ts'
import { against, show, verdict } from './words.ts'

const OURS = 'conclave'
const NAME_WIDTH = 18

/** The run, formatted for a terminal. */
export function print(result: Result): string {
  const { machine, options, seconds } = result
  return [
    `${machine.processor}, ${machine.cores} cores, ${machine.memoryGb} GB, ${machine.system}`,
    `Node ${machine.node}, Postgres ${machine.postgres}, fsync ${machine.fsync}, ` +
      `${machine.commitsPerSecond} commits/s by one writer, ${machine.date}`,
    machine.pinning,
    `${options.rounds} rounds of ${options.seconds} s each; median (min to max); ` +
      `ratios are ours divided by theirs, round by round`,
    '',
    ...result.figures.map(figureLines),
    ...result.facts.map(({ title, text }) => `${title}: ${text}`),
    '',
    ...result.tables.map(tableLines),
    ...goalLines(result),
    ...result.faults.map((fault) => `Fault: ${fault}`),
    `${Math.round(seconds)} s`,
  ].join('\n')
}

function figureLines(figure: Figure): string {
  const ours = figure.values[OURS] ?? []
  const lines = Object.entries(figure.values).map(([who, values]) => {
    const ratio = who === OURS ? '' : `   ratio ${range(ratios(ours, values))}`
    return `  ${who.padEnd(NAME_WIDTH)} ${range(values)}${ratio}`
  })
  const busiest = Math.max(0, ...Object.values(figure.generator).flat())
  const generator = busiest > 0 ? `, generator at most ${Math.round(busiest)} %` : ''
  return `${figure.title} (${figure.unit}, ${figure.better} is better${generator})\n${lines.join('\n')}\n`
}

function range(values: readonly number[]): string {
  const { median, min, max } = spread(values)
  return values.length > 1 ? `${show(median)} (${show(min)} to ${show(max)})` : show(median)
}

function goalLines({ figures }: Result): string[] {
  const judged = judge(figures)
  if (judged.length === 0) return []
  return [
    'Goals (and the stretch)',
    ...judged.map((goal) => {
      const wanted = `${goal.compare} ${goal.goal} (${goal.stretch})`
      return `  ${goal.title}${against(goal)}: ${show(goal.reached.median)}, ${wanted}: ${verdict(goal)}`
    }),
    '',
  ]
}

function tableLines({ title, columns, rows }: Table): string {
  const cells = [columns, ...rows.map((row) => row.map(String))]
  const widths = columns.map((_, at) => Math.max(...cells.map((row) => row[at]?.length ?? 0)))
  const lines = cells.map((row) => row.map((cell, at) => cell.padStart(widths[at] ?? 0)).join('  '))
  return `${title}\n  ${lines.join('\n  ')}\n`
}
