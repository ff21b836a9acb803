import type { Sha256 } from '@conclave/shared/hashes'

/** As a browser has it. */
export const sha256: Sha256 = async (data) => {
  const bytes = typeof data === 'string' ? new TextEncoder().encode(data) : data
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
}
