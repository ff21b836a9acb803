let count = 0

/** A new text of everyday length. */
export function textOf(client: number): string {
  count += 1
  return `Person ${client} says for the ${count}th time that this is about as long as a message is`
}
