/** The names of streams in the log: each stream has its own revisions and its own channel. */
export const streams = {
  room: (roomId: string) => `room:${roomId}`,
  person: (personId: string) => `person:${personId}`,
  team: 'team',
}

export type Stream =
  | { kind: 'room'; id: string }
  | { kind: 'person'; id: string }
  | { kind: 'team' }

export type StreamKind = Stream['kind']

export function parseStream(stream: string): Stream {
  const [kind, id = ''] = stream.split(':')
  if (kind === 'room' || kind === 'person') return { kind, id }
  return { kind: 'team' }
}
