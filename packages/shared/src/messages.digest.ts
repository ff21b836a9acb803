import type { Message } from './messages.ts'

/** SHA-256 of bytes, or of text as UTF-8. Passed in, because this package knows neither a browser nor Node. */
export type Sha256 = (data: string | Uint8Array<ArrayBuffer>) => Promise<Uint8Array<ArrayBuffer>>

/** The digest of a run of messages, in hexadecimal; the messages in the order of their seqs. */
export type DigestOf = (messages: readonly Message[]) => Promise<string>

const SHA256_BYTES = 32

/**
 * A message as the text that its digest is of; `message_digest` in the api's migrations writes the same,
 * and a new field of a message goes into both. Only the last field can have spaces, so no two messages have one text.
 */
export function canonicalText(message: Message): string {
  const { id, roomId, seq, rev, authorId, createdAt, text } = message
  return `${id} ${roomId} ${seq} ${rev} ${authorId} ${createdAt} ${text}`
}

/** Hashes runs: SHA-256 over the digests of their messages, each of which is hashed once while it is held. */
export function createDigestOf(sha256: Sha256): DigestOf {
  const known = new WeakMap<Message, Promise<Uint8Array>>()

  function digestOfOne(message: Message): Promise<Uint8Array> {
    const digest = known.get(message) ?? sha256(canonicalText(message))
    known.set(message, digest)
    return digest
  }

  return async (messages) => {
    const run = new Uint8Array(messages.length * SHA256_BYTES)
    const digests = await Promise.all(messages.map(digestOfOne))
    digests.forEach((digest, index) => run.set(digest, index * SHA256_BYTES))
    return hexadecimal(await sha256(run))
  }
}

function hexadecimal(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
