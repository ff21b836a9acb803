import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { canonicalText, createDigestOf, type Sha256 } from './messages.digest.ts'
import { messageAt } from './messages.examples.ts'
import { Message } from './messages.ts'

const sha256: Sha256 = async (data) => new Uint8Array(createHash('sha256').update(data).digest())

function hash(data: string | Buffer): Buffer {
  return createHash('sha256').update(data).digest()
}

describe('the text of a message', () => {
  it('is its fields, with what was written last', () => {
    expect(canonicalText(messageAt(7, 9, 'two words'))).toBe(
      '01900000-0000-7000-8000-000000000007 01900000-0000-7000-8000-000000000001 7 9 ' +
        '01900000-0000-7000-8000-00000000000a 2026-11-02T12:00:00.000Z two words',
    )
  })

  it.each(Object.keys(Message.properties))('is another when its %s is', (field) => {
    const message = messageAt(7, 9)
    const other = { ...message, [field]: 'other' }
    expect(canonicalText(other)).not.toBe(canonicalText(message))
  })

  it('is another when a number moves from one field to the next', () => {
    expect(canonicalText(messageAt(1, 11))).not.toBe(canonicalText(messageAt(11, 1)))
  })
})

describe('the digest of a run', () => {
  it('is the hash of the hashes of its messages, in order', async () => {
    const run = [messageAt(1, 3), messageAt(2, 5, 'Schlüssel \u{1F511}')]
    const hashes = run.map((message) => hash(canonicalText(message)))
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
