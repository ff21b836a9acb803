import { createHash, timingSafeEqual } from 'node:crypto'

/** Takes as long however much of it is right; hashed, so that the lengths may differ. */
export function isSameSecret(given: string, expected: string): boolean {
  return timingSafeEqual(digestOf(given), digestOf(expected))
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
