let said = 0

/** A new text of everyday length. */
export function textOf(client: number): string {
  said += 1
  return `Person ${client} says for the ${said}th time that this is about as long as a message is`
}
