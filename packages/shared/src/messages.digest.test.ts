import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Sha256 } from './hashes.ts'
import { canonicalJson, createDigestOf } from './messages.digest.ts'
import { messageAt } from './messages.examples.ts'
import { Message } from './messages.ts'

const sha256: Sha256 = async (data) => new Uint8Array(createHash('sha256').update(data).digest())

function hash(data: string | Buffer): Buffer {
  return createHash('sha256').update(data).digest()
}

describe('the canonical JSON of a message', () => {
  it('is its fields by name, without space', () => {
    expect(canonicalJson(messageAt(7, 9, { text: 'two words' }))).toBe(
      '{"authorId":"01900000-0000-7000-8000-00000000000a","createdAt":"2026-11-02T12:00:00.000Z",' +
        '"id":"01900000-0000-7000-8000-000000000007","rev":9,' +
        '"roomId":"01900000-0000-7000-8000-000000000001","seq":7,"text":"two words"}',
    )
  })

  it('is the same for any order of the fields, and leaves out those that are absent', () => {
    const message = messageAt(7, 9)
    const turned = Object.fromEntries(Object.entries(message).toReversed())
    expect(canonicalJson({ ...turned, replyTo: null, mood: undefined })).toBe(
      canonicalJson(message),
    )
  })

  it('differs with a field that this code does not know', () => {
    const message = messageAt(7, 9)
    const more = { ...message, files: [{ name: 'b', at: 1 }, null] }
    expect(canonicalJson(more)).toContain('"files":[{"at":1,"name":"b"},null]')
    expect(canonicalJson(more)).not.toBe(canonicalJson(message))
  })

  it.each(Object.keys(Message.properties))('differs when %s differs', (field) => {
    const message = messageAt(7, 9)
    const other = { ...message, [field]: 'other' }
    expect(canonicalJson(other)).not.toBe(canonicalJson(message))
  })

  it('differs when a number moves from one field to the next', () => {
    expect(canonicalJson(messageAt(1, 11))).not.toBe(canonicalJson(messageAt(11, 1)))
  })
})

describe('the digest of a run', () => {
  it('is the hash of the hashes of its messages, in order', async () => {
    const run = [messageAt(1, 3), messageAt(2, 5, { text: 'Schlüssel \u{1F511}' })]
    const hashes = run.map((message) => hash(canonicalJson(message)))
    const digestOf = createDigestOf(sha256)
    expect(await digestOf(run)).toBe(hash(Buffer.concat(hashes)).toString('hex'))
    expect(await digestOf(run.toReversed())).not.toBe(await digestOf(run))
  })

  it('of nothing is the hash of nothing', async () => {
    expect(await createDigestOf(sha256)([])).toBe(hash('').toString('hex'))
  })

  it('hashes each message once, and the run each time', async () => {
    const hashed: (string | Uint8Array)[] = []
    const digestOf = createDigestOf(async (data) => {
      hashed.push(data)
      return sha256(data)
    })
    const run = [messageAt(1, 3), messageAt(2, 5)]
    await digestOf(run)
    await digestOf([...run, messageAt(3, 6)])
    expect(hashed.filter((data) => typeof data === 'string')).toHaveLength(3)
    expect(hashed).toHaveLength(5)
  })
})
