/**
 * When each message had reached everybody. Messages of one room arrive in the same order for all, so counting
 * identifies them.
 */
export interface Arrivals {
  note(subscriber: number): void
  /** How many messages everybody has. */
  complete(): number
  deliveries(): number
  /** When the last subscriber had the n-th message. */
  completeAt(message: number): number | undefined
}

export function createArrivals(subscribers: number): Arrivals {
  const counts = Array.from({ length: subscribers }, () => 0)
  const reached: number[] = []
  const completeAt: number[] = []
  let deliveries = 0
  return {
    note(subscriber) {
      const message = counts[subscriber] ?? 0
      counts[subscriber] = message + 1
      deliveries += 1
      const have = (reached[message] ?? 0) + 1
      reached[message] = have
      if (have === subscribers) completeAt[message] = performance.now()
    },
    complete: () => completeAt.length,
    deliveries: () => deliveries,
    completeAt: (message) => completeAt[message],
  }
}
