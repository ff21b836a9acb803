/** One thing measured: a value for each contestant in each round. */
export interface Figure {
  id: string
  title: string
  unit: string
  better: 'more' | 'less'
  values: Record<string, number[]>
  /** The generator's share of its core during the measurement, in percent. */
  generator: Record<string, number[]>
}

/** A fact about one contestant only, in words. */
export interface Fact {
  id: string
  title: string
  text: string
}

export interface Table {
  id: string
  title: string
  columns: string[]
  rows: (string | number)[][]
}

export interface Figures {
  readonly figures: readonly Figure[]
  readonly facts: readonly Fact[]
  readonly tables: readonly Table[]
  /** Something that must not happen but did; a single one fails the run. */
  readonly faults: readonly string[]
  define(figure: Pick<Figure, 'id' | 'title' | 'unit' | 'better'>): void
  note(id: string, who: string, value: number, generatorPercent?: number): void
  fact(fact: Fact): void
  table(table: Table): void
  fault(what: string): void
}

export function createFigures(): Figures {
  const figures = new Map<string, Figure>()
  const facts: Fact[] = []
  const tables: Table[] = []
  const faults: string[] = []
  return {
    get figures() {
      return [...figures.values()]
    },
    facts,
    tables,
    faults,
    define(figure) {
      figures.set(figure.id, { ...figure, values: {}, generator: {} })
    },
    note(id, who, value, generatorPercent) {
      const figure = figures.get(id)
      if (!figure) throw new Error(`The figure ${id} was not defined`)
      const values = (figure.values[who] ??= [])
      values.push(value)
      if (generatorPercent !== undefined) (figure.generator[who] ??= []).push(generatorPercent)
    },
    fact: (fact) => void facts.push(fact),
    table: (table) => void tables.push(table),
    fault: (what) => void faults.push(what),
  }
}
