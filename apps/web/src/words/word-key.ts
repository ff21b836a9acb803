import type { CompiledMessage } from 'icu-minify/format'

/**
 * The key of a sentence in the other languages: a hash (FNV-1a, 32 bits) of the compiled English. So English, which everybody
 * loads, carries no keys.
 */
export function wordKey(english: CompiledMessage): string {
  let hash = 0x811c9dc5
  for (const character of JSON.stringify(english)) {
    hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193)
  }
  return (hash >>> 0).toString(36)
}
