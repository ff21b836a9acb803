import { hexadecimal, type Sha256 } from './hashes.ts'
import type { Message } from './messages.ts'

/** The digest of a run of messages, in hexadecimal; the messages in the order of their seqs. */
export type DigestOf = (messages: readonly Message[]) => Promise<string>

/** The version of the digests' format. Different versions are not compared; a new field of a message needs no new version. */
export const DIGEST_VERSION = 2

const SHA256_BYTES = 32

/**
 * Any JSON value in one form: fields in the order of their names, no space between, null fields left out (RFC 8785 for the
 * values we send). It includes all fields, also those that this code does not know, so that a page that is older than the
 * server hashes the same bytes. `message_json` in the api's migrations produces the same.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const fields = Object.entries(value)
    .filter(([, field]) => field !== null && field !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonicalJson(field)}`).join(',')}}`
}

/** Hashes runs: SHA-256 over the digests of their messages. Each message object is hashed once. */
export function createDigestOf(sha256: Sha256): DigestOf {
  const known = new WeakMap<Message, Promise<Uint8Array>>()

  function digestOfOne(message: Message): Promise<Uint8Array> {
    const digest = known.get(message) ?? sha256(canonicalJson(message))
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
