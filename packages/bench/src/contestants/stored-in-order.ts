import type { Posted } from './contestant.ts'

/**
 * How many are stored in the order in which each client was answered. A client sends one message at a time, so each
 * message must be after the client's previous one in the same room.
 */
export function storedInOrder(
  posts: readonly Posted[],
  placeOf: (id: string) => number | undefined,
): number {
  const last = new Map<string, number>()
  let kept = 0
  for (const { id, client, room } of posts) {
    const place = placeOf(id)
    if (place === undefined) continue
    const line = `${client} in ${room}`
    if (place > (last.get(line) ?? Number.NEGATIVE_INFINITY)) kept += 1
    last.set(line, place)
  }
  return kept
}
