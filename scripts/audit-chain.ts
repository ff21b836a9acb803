import { createHash } from 'node:crypto'

/** An entry's number and hash, as the api logged them. */
export interface Place {
  number: number
  hash: string
}

export type Verdict = { intact: true; last: Place } | { intact: false; complaint: string }

/** The previous hash of the first entry. */
export const BEGINNING: Place = { number: 0, hash: '0'.repeat(64) }

/**
 * Follows an exported audit log from its first line to its last, or to the first that does not fit. A line is `<hash>
 * <text>`: the hash is the SHA-256 of the text, which contains the hash of the previous entry.
 */
export async function followChain(
  lines: AsyncIterator<Buffer, void>,
  logged: ReadonlyMap<number, string> = new Map(),
): Promise<Verdict> {
  let last = BEGINNING
  for (;;) {
    const { value, done } = await lines.next()
    if (done) return endOf(last, logged)
    const entry = parse(value)
    if (!entry || !fits(last, entry)) {
      return { intact: false, complaint: await explain(last, entry, lines) }
    }
    if ((logged.get(entry.number) ?? entry.hash) !== entry.hash) {
      return { intact: false, complaint: `entry ${entry.number} is not the one that was logged` }
    }
    last = { number: entry.number, hash: entry.hash }
  }
}

interface Entry extends Place {
  /** The hash of the previous entry, according to the text. */
  previous: string
  /** The hash of the text itself. */
  computed: string
}

const LINE = /^([0-9a-f]{64}) (\{"number" : (\d{1,15}), "previous" : "([0-9a-f]{64})", .*\})$/s

function parse(line: Buffer | void): Entry | undefined {
  // One character for each byte, so that exactly the bytes of the file are hashed.
  const match = LINE.exec(line?.toString('latin1') ?? '')
  if (!match) return undefined
  const [, hash = '', text = '', number, previous = ''] = match
  const computed = createHash('sha256').update(text, 'latin1').digest('hex')
  return { number: Number(number), hash, previous, computed }
}

function fits(last: Place, entry: Entry | undefined): boolean {
  return (
    entry?.number === last.number + 1 &&
    entry.previous === last.hash &&
    entry.computed === entry.hash
  )
}

/** A log that goes further than the file shows that entries were cut off its end, which the chain alone cannot. */
function endOf(last: Place, logged: ReadonlyMap<number, string>): Verdict {
  let furthest = last.number
  for (const number of logged.keys()) furthest = Math.max(furthest, number)
  if (furthest === last.number) return { intact: true, last }
  return { intact: false, complaint: missing(last.number + 1, furthest) }
}

/** What is wrong when this is found instead of the entry after `last`. */
async function explain(
  last: Place,
  entry: Entry | undefined,
  rest: AsyncIterator<Buffer, void>,
): Promise<string> {
  const wanted = last.number + 1
  if (!entry) return `entry ${wanted} is not of the form of an export`
  if (entry.number === wanted) return altered(last, entry, parse((await rest.next()).value))
  if (entry.previous === last.hash && entry.computed !== entry.hash) {
    return `entry ${wanted} was altered: it says that it is entry ${entry.number}`
  }
  if (entry.number < wanted) {
    return `entry ${entry.number} stands once more, after entry ${last.number}`
  }
  if (await stands(wanted, rest)) return `entry ${wanted} stands after entry ${entry.number}`
  return missing(wanted, entry.number - 1)
}

function altered(last: Place, entry: Entry, next: Entry | undefined): string {
  const { number, hash, computed } = entry
  // It is intact, but was written after a different entry than the one before it now.
  if (computed === hash)
    return `entry ${Math.max(last.number, 1)} was altered, and its hash with it`
  if (fits(last, next)) return `entry ${number} stands twice, and the first of the two was added`
  if (next?.previous === hash) return `entry ${number} was altered: its text`
  if (next?.previous === computed) return `entry ${number} was altered: its hash`
  return `entry ${number} was altered`
}

async function stands(number: number, rest: AsyncIterator<Buffer, void>): Promise<boolean> {
  for (;;) {
    const { value, done } = await rest.next()
    if (done) return false
    if (parse(value)?.number === number) return true
  }
}

function missing(from: number, to: number): string {
  return from === to ? `entry ${from} is missing` : `entries ${from} to ${to} are missing`
}
