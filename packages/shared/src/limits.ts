export interface Limit {
  readonly max: number
  readonly windowSeconds: number
}

/**
 * How much one person may ask for, over all their devices, addresses and tokens; for `checking` and `defending` less is
 * counted together. Every endpoint names its limit. They are far above what a person does by hand and below what a
 * program would like; docs/limits.md says more.
 */
export const LIMITS = {
  /** A reconnect of several open tabs asks for everything at once. */
  reading: { max: 600, windowSeconds: 30 },
  writing: { max: 120, windowSeconds: 30 },
  posting: { max: 30, windowSeconds: 6 },
  /** Two for each connection: one batch of channels, and who I am. */
  signing: { max: 150, windowSeconds: 60 },
  /** What reaches other people or gives somebody access. */
  sensitive: { max: 60, windowSeconds: 60 },
  /** What one has to see before one can defend oneself; for each session at each address. */
  checking: { max: 300, windowSeconds: 30 },
  /** What ends access; for each act by itself, at each address, and only once it is known to be well formed. */
  defending: { max: 20, windowSeconds: 60 },
} as const satisfies Record<string, Limit>

export type LimitName = keyof typeof LIMITS

/** What one address may fail before we know who it is: bad tokens, and paths that are not there. */
export const ADDRESS_LIMIT: Limit = { max: 300, windowSeconds: 60 }
