import { createRequire } from 'node:module'
import type { Envelope } from '@conclave/shared/events'

// The cipher that the vendor's SDK itself encrypts with.
const nacl = createRequire(createRequire(import.meta.url).resolve('pusher'))('tweetnacl') as {
  secretbox: { open(box: Uint8Array, nonce: Uint8Array, key: Uint8Array): Uint8Array | null }
}

/** The decrypted event, or undefined with another key. */
export function openEnvelope(data: string, sharedSecret: string): Envelope | undefined {
  const { nonce, ciphertext } = JSON.parse(data) as { nonce: string; ciphertext: string }
  const opened = nacl.secretbox.open(bytes(ciphertext), bytes(nonce), bytes(sharedSecret))
  return opened ? (JSON.parse(Buffer.from(opened).toString('utf8')) as Envelope) : undefined
}

function bytes(base64: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64, 'base64'))
}
