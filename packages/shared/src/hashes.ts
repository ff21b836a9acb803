/** SHA-256 of bytes, or of text as UTF-8. Passed in, because this package knows neither a browser nor Node. */
export type Sha256 = (data: string | Uint8Array<ArrayBuffer>) => Promise<Uint8Array<ArrayBuffer>>

/** Bytes as text, two digits each. */
export function hexadecimal(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
