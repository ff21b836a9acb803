export type VendorEntry = { n: number; at: number } & VendorFact

/** What Pusher's own servers would see, one fact at a time. */
export type VendorFact =
  | { kind: 'opened'; socketId: string }
  | { kind: 'closed'; socketId: string; code: number }
  | { kind: 'received'; socketId: string; frame: string }
  /** To one socket, or to every subscriber of a channel. */
  | { kind: 'sent'; frame: string; recipients: number; socketId?: string; channel?: string }
  | Publish
  | { kind: 'http'; method: string; path: string; status: number; body: string }
  | { kind: 'webhook'; url: string; body: string; status: number }

export interface Publish {
  kind: 'publish'
  channels: readonly string[]
  event: string
  data: string
  recipients: number
  /** The request body as it arrived; the events of a batch share one. */
  body: string
  socketId?: string
}

export interface VendorRecord {
  /** The number of facts ever recorded, including those dropped from the ring. */
  readonly total: number
  readonly size: number
  entries(after?: number): VendorEntry[]
  publishes(): (VendorEntry & Publish)[]
  /** Entries that contain this text anywhere, for tests that the vendor never saw it. */
  search(text: string): VendorEntry[]
  clear(): void
}

export interface VendorRecorder extends VendorRecord {
  add(fact: VendorFact): void
}

/** A ring buffer, bounded in entries and in characters; it keeps references and serialises nothing. */
export function createRecord(cap: number, capChars: number): VendorRecorder {
  let kept: VendorEntry[] = []
  let head = 0
  let chars = 0
  let total = 0

  function add(fact: VendorFact): void {
    const entry = fact as VendorEntry
    total += 1
    entry.n = total
    entry.at = Date.now()
    kept.push(entry)
    chars += weigh(entry)
    while (kept.length - head > cap || chars > capChars) dropOldest()
  }

  function dropOldest(): void {
    chars -= weigh(kept[head]!)
    head += 1
    if (head < 1024 || head * 2 < kept.length) return
    kept = kept.slice(head)
    head = 0
  }

  function entries(after = 0): VendorEntry[] {
    const first = total - (kept.length - head)
    return kept.slice(head + Math.max(0, after - first))
  }

  return {
    get total() {
      return total
    },
    get size() {
      return kept.length - head
    },
    add,
    entries,
    publishes: () => entries().filter((entry) => entry.kind === 'publish'),
    search: (text) => entries().filter((entry) => holds(entry, text)),
    clear() {
      kept = []
      head = 0
      chars = 0
    },
  }
}

const ENTRY_CHARS = 120

function weigh(entry: VendorEntry): number {
  if ('body' in entry) return ENTRY_CHARS + entry.body.length
  if ('frame' in entry) return ENTRY_CHARS + entry.frame.length
  return ENTRY_CHARS
}

function holds(entry: VendorEntry, text: string): boolean {
  return Object.values(entry).some((value) => String(value).includes(text))
}
