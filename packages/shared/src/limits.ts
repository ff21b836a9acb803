export interface Limit {
  readonly max: number
  readonly windowSeconds: number
}

/**
 * How many requests one person may make, over all their devices, addresses and tokens; `checking` and `defending` are
 * counted more narrowly. Every endpoint names its limit. They are far above what a person does by hand, and stop a
 * runaway program; see docs/limits.md.
 */
export const LIMITS = {
  /** Several open tabs that reconnect at once send everything at the same time. */
  reading: { max: 600, windowSeconds: 30 },
  /** Searches are the most expensive of what is read; typing makes one after each pause. */
  searching: { max: 60, windowSeconds: 30 },
  writing: { max: 120, windowSeconds: 30 },
  /** My own status, of which the whole team is told. */
  status: { max: 10, windowSeconds: 60 },
  posting: { max: 30, windowSeconds: 6 },
  /** Two for each connection: a batch of channels, and user authentication. */
  signing: { max: 150, windowSeconds: 60 },
  /** Acts that reach other people or give access. */
  sensitive: { max: 60, windowSeconds: 60 },
  /** Reads that people need to end a thief's access; counted per session and address. */
  checking: { max: 300, windowSeconds: 30 },
  /** Acts that end access; counted per act and address, and only when they are valid. */
  defending: { max: 20, windowSeconds: 60 },
} as const satisfies Record<string, Limit>

export type LimitName = keyof typeof LIMITS

/** Failures from one address before authentication: bad tokens and unknown paths. */
export const ADDRESS_LIMIT: Limit = { max: 300, windowSeconds: 60 }
