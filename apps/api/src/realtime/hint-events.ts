import { channelName, WIRE_EVENT } from '@conclave/shared/channels'
import { ENVELOPE_MAX_BYTES, type PersonEnvelope, type PersonHint } from '@conclave/shared/events'
import type { Room } from '@conclave/shared/rooms'
import type { BatchEvent } from 'pusher'
import type { Hinted } from './hints.store.ts'

/** One person's rooms as events on their own channel, as few as hold them. */
export function toHintEvents(person: Hinted, at: string): BatchEvent[] {
  const channel = channelName({ kind: 'person', personId: person.personId, epoch: person.epoch })
  const most = ENVELOPE_MAX_BYTES - bytesOf(envelope(person, [], at))
  return fitting(person.rooms, most).map((rooms) => ({
    name: WIRE_EVENT,
    channel,
    data: envelope(person, rooms, at),
  }))
}

/** The rooms in groups of at most so many bytes. A room alone always fits. */
function fitting(rooms: readonly Room[], mostBytes: number): Room[][] {
  const groups: Room[][] = []
  let left = 0
  for (const room of rooms) {
    const bytes = bytesOf(room) + ','.length
    if (bytes > left) {
      groups.push([])
      left = mostBytes
    }
    groups.at(-1)?.push(room)
    left -= bytes
  }
  return groups
}

function envelope({ personId, epoch, rev }: Hinted, rooms: Room[], at: string): PersonEnvelope {
  const hint: PersonHint = { type: 'rooms.moved', data: { rooms } }
  return { v: 1, rev, at, ...hint, person: personId, epoch }
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value))
}
