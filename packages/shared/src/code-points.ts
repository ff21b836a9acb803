/** How many code points of Unicode a text has: what `char_length` counts in Postgres, and `maxLength` in a JSON schema. */
export function codePointsIn(text: string): number {
  let count = 0
  for (const _ of text) count += 1
  return count
}
