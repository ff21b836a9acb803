import type { ContestantName } from '../contestants/contestant.ts'
import { median, ratios, spread, type Spread } from '../statistics.ts'
import type { Figure } from './figures.ts'

/**
 * The goals. Where a goal was set against Campfire's Express port, the plain Socket.IO chat with SQLite takes its
 * place: a durable chat on one machine that anybody can run.
 */
interface Goal {
  figure: string
  /** A peer in the same run, another figure of ours, or nothing for an absolute goal. */
  against?: ContestantName | { figure: string }
  compare: 'at least' | 'at most'
  goal: number
  stretch: number
}

const GOALS: readonly Goal[] = [
  { figure: 'posts-16', against: 'socketio-normal', compare: 'at least', goal: 3, stretch: 5 },
  { figure: 'posts-16', against: 'tutorial', compare: 'at least', goal: 2, stretch: 3.5 },
  {
    figure: 'posts-p99-16',
    against: 'socketio-normal',
    compare: 'at most',
    goal: 0.35,
    stretch: 0.2,
  },
  {
    figure: 'fanout-50-p99',
    against: 'socketio-normal',
    compare: 'at most',
    goal: 0.4,
    stretch: 0.2,
  },
  {
    figure: 'deliveries-50',
    against: 'socketio-normal',
    compare: 'at least',
    goal: 6,
    stretch: 10,
  },
  { figure: 'authorizations', against: 'tutorial', compare: 'at least', goal: 1.5, stretch: 3.5 },
  { figure: 'reconnect', against: 'socketio-normal', compare: 'at most', goal: 1, stretch: 0.6 },
  {
    figure: 'memory-loaded',
    against: 'socketio-normal',
    compare: 'at most',
    goal: 0.6,
    stretch: 0.4,
  },
  {
    figure: 'page-1000000-p99',
    against: { figure: 'page-1000-p99' },
    compare: 'at most',
    goal: 1.3,
    stretch: 1.1,
  },
  { figure: 'search-rare-500-p95', compare: 'at most', goal: 100, stretch: 50 },
  { figure: 'search-common-500-p95', compare: 'at most', goal: 100, stretch: 50 },
  { figure: 'search-rare-3-p95', compare: 'at most', goal: 100, stretch: 50 },
  { figure: 'search-common-3-p95', compare: 'at most', goal: 100, stretch: 50 },
  { figure: 'search-two-3-p95', compare: 'at most', goal: 100, stretch: 50 },
  { figure: 'search-phrase-3-p95', compare: 'at most', goal: 100, stretch: 50 },
  { figure: 'search-two-500-quiet-p95', compare: 'at most', goal: 100, stretch: 50 },
  { figure: 'search-phrase-500-quiet-p95', compare: 'at most', goal: 100, stretch: 50 },
  { figure: 'web-bytes', compare: 'at most', goal: 200, stretch: 170 },
  { figure: 'web-switch', compare: 'at most', goal: 50, stretch: 50 },
]

export interface Judged extends Goal {
  title: string
  reached: Spread
  met: 'stretch' | 'goal' | 'no'
}

/** The goals that this run measured, with the results. */
export function judge(figures: readonly Figure[]): Judged[] {
  return GOALS.flatMap((goal) => {
    const figure = figures.find(({ id }) => id === goal.figure)
    const values = figure && reachedBy(goal, figure, figures)
    if (!values || values.length === 0) return []
    return [{ ...goal, title: figure.title, reached: spread(values), met: met(goal, values) }]
  })
}

function reachedBy(
  { against }: Goal,
  figure: Figure,
  figures: readonly Figure[],
): readonly number[] | undefined {
  const ours = figure.values['conclave'] ?? []
  if (against === undefined) return ours
  if (typeof against === 'string') return ratios(ours, figure.values[against] ?? [])
  const other = figures.find(({ id }) => id === against.figure)
  return other && ratios(ours, other.values['conclave'] ?? [])
}

function met({ compare, goal, stretch }: Goal, values: readonly number[]): Judged['met'] {
  const value = median(values)
  const reaches = (wanted: number) => (compare === 'at least' ? value >= wanted : value <= wanted)
  if (reaches(stretch)) return 'stretch'
  return reaches(goal) ? 'goal' : 'no'
}
