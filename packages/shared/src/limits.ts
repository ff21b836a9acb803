export interface Limit {
  readonly max: number
  readonly windowSeconds: number
}

/**
 * How much one person may ask for, over all their devices, addresses and tokens. Every endpoint names its limit.
 * They are far above what a person does by hand and below what a program would like; docs/limits.md says more.
 */
export const LIMITS = {
  /** A reconnect of several open tabs asks for everything at once. */
  reading: { max: 600, windowSeconds: 30 },
  writing: { max: 120, windowSeconds: 30 },
  posting: { max: 30, windowSeconds: 6 },
  /** Two for each connection: one batch of channels, and who I am. */
  signing: { max: 150, windowSeconds: 60 },
  /** What reaches other people or ends somebody's access. */
  sensitive: { max: 60, windowSeconds: 60 },
} as const satisfies Record<string, Limit>

export type LimitName = keyof typeof LIMITS

/** What one address may fail before we know who it is: bad tokens, and paths that are not there. */
export const ADDRESS_LIMIT: Limit = { max: 300, windowSeconds: 60 }
