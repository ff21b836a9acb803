import { createRequire } from 'node:module'
import {
  CHANGED,
  type Envelope,
  follow,
  type PersonEvent,
  type RoomEvent,
  type TeamEvent,
} from '@conclave/shared/events'
import { expect } from 'vitest'
import type { Harness } from './harness.ts'

// The cipher that the vendor's SDK itself encrypts with.
const nacl = createRequire(createRequire(import.meta.url).resolve('pusher'))('tweetnacl') as {
  secretbox: { open(box: Uint8Array, nonce: Uint8Array, key: Uint8Array): Uint8Array | null }
}

export interface Published {
  channel: string
  envelope: Envelope
}

/** Everything published so far, once nothing waits to be, in the order the vendor took it. */
export async function published(harness: Harness): Promise<Published[]> {
  await expect
    .poll(async () => harness.sql`select stream, rev from outbox`, { timeout: 10_000 })
    .toHaveLength(0)
  return harness.pusher.record.publishes().map(({ channels: [channel = ''], data }) => ({
    channel,
    envelope: decrypt(harness, channel, data),
  }))
}

export async function publishedToRoom(harness: Harness, roomId: string): Promise<Envelope[]> {
  const all = (await published(harness)).map(({ envelope }) => envelope)
  return all.filter((envelope) => 'room' in envelope && envelope.room === roomId)
}

export async function publishedToPerson(harness: Harness, personId: string): Promise<Envelope[]> {
  const all = (await published(harness)).map(({ envelope }) => envelope)
  return all.filter((envelope) => 'person' in envelope && envelope.person === personId)
}

export async function publishedToTeam(harness: Harness): Promise<Envelope[]> {
  return (await published(harness))
    .map(({ envelope }) => envelope)
    .filter((envelope) => 'team' in envelope)
}

/** The state after these envelopes, as a client would have it: each must be exactly the next. */
export function folded<State extends { rev: number }>(
  state: State,
  envelopes: Envelope[],
  fold: (state: State, event: never, rev: number) => State,
): State {
  let folded = state
  for (const { type, data, rev } of envelopes.filter(({ rev }) => rev > state.rev)) {
    expect(follow(folded.rev, rev)).toBe('next')
    expect(type).not.toBe(CHANGED)
    const event = { type, data } as RoomEvent | PersonEvent | TeamEvent
    folded = fold(folded, event as never, rev)
  }
  return folded
}

function decrypt({ ctx }: Harness, channel: string, data: string): Envelope {
  const { shared_secret = '' } = ctx.pusher.authorizeChannel('1.1', channel)
  const { nonce, ciphertext } = JSON.parse(data) as { nonce: string; ciphertext: string }
  const opened = nacl.secretbox.open(bytes(ciphertext), bytes(nonce), bytes(shared_secret))
  if (!opened) throw new Error(`${channel} carries what its key does not open`)
  return JSON.parse(Buffer.from(opened).toString('utf8')) as Envelope
}

function bytes(base64: string): Uint8Array {
  return new Uint8Array(Buffer.from(base64, 'base64'))
}
