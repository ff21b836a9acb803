import { channelName, WIRE_EVENT } from '@conclave/shared/channels'
import { CHANGED, ENVELOPE_MAX_BYTES, type Envelope, type RoomEvent } from '@conclave/shared/events'
import type { LogEvent } from '../log/log.store.ts'
import { parseStream, type Stream } from '../log/streams.ts'

/** One event in Pusher's format; a new object each time, because the SDK modifies it. */
export function toBatchEvent(row: LogEvent) {
  const stream = parseStream(row.stream)
  return { name: WIRE_EVENT, channel: channelOf(stream, row.epoch), data: fitted(stream, row) }
}

/** The same event without its data: only its revision. */
export function toBatchNews(row: LogEvent) {
  const stream = parseStream(row.stream)
  const data: Envelope = { ...envelope(stream, row), type: CHANGED, data: null }
  return { name: WIRE_EVENT, channel: channelOf(stream, row.epoch), data }
}

function channelOf(stream: Stream, epoch: number): string {
  switch (stream.kind) {
    case 'room':
      return channelName({ kind: 'room', roomId: stream.id, epoch })
    case 'person':
      return channelName({ kind: 'person', personId: stream.id, epoch })
    case 'team':
      return channelName({ kind: 'team', epoch })
  }
}

function fitted(stream: Stream, row: LogEvent): Envelope {
  const whole = envelope(stream, row)
  if (Buffer.byteLength(JSON.stringify(whole)) <= ENVELOPE_MAX_BYTES) return whole
  return { ...whole, type: CHANGED, data: null }
}

function envelope(stream: Stream, row: LogEvent): Envelope {
  const { rev, at, epoch } = row
  const frame = { v: 1, rev, at, ...told(row) } as const
  switch (stream.kind) {
    case 'room':
      return { ...frame, room: stream.id, epoch }
    case 'person':
      return { ...frame, person: stream.id, epoch }
    case 'team':
      return { ...frame, team: true, epoch }
  }
}

/** A client takes a message only at its own revision, so that nobody can put later words in an earlier place. */
function told({ kind, rev, type, data }: LogEvent): Pick<Envelope, 'type' | 'data'> {
  if (kind !== 'message' || !isOfLater(data, rev)) return { type, data }
  return { type: 'message.superseded', data: {} } satisfies RoomEvent
}

function isOfLater(data: unknown, rev: number): boolean {
  return typeof data === 'object' && data !== null && 'rev' in data && data.rev !== rev
}
