import { createHash, timingSafeEqual } from 'node:crypto'

/** Compares in constant time; hashed first, because the lengths may differ. */
export function isSameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(digestOf(given), digestOf(expected))
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
