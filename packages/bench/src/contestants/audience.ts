import { createArrivals } from '../subscribers/arrivals.ts'
import type { TextSocket } from '../subscribers/text-socket.ts'
import type { Audience } from './contestant.ts'

type Open = (handlers: {
  onReady: () => void
  onEvent: (frame: Buffer) => void
  onClose: () => void
}) => TextSocket

const AT_ONCE = 50

/**
 * Opens `size` sockets in one room. All frames are counted; those of the first and the last socket are kept and read
 * afterwards, so that reading costs nothing during the measurement.
 */
export async function gatherAudience(
  size: number,
  open: (at: number) => Open,
  idOf: (frame: Buffer) => string,
): Promise<Audience> {
  let counted = createArrivals(size)
  const received = { first: [] as Buffer[], last: [] as Buffer[] }
  const sockets: TextSocket[] = []
  for (let at = 0; at < size; at += AT_ONCE)
    sockets.push(...(await Promise.all(indexes(at, Math.min(size, at + AT_ONCE)).map(join))))

  async function join(at: number): Promise<TextSocket> {
    return new Promise((resolve, reject) => {
      const socket = open(at)({
        onReady: () => resolve(socket),
        onEvent: (frame) => note(at, frame),
        onClose: () => reject(new Error(`Subscriber ${at} was disconnected`)),
      })
    })
  }

  function note(at: number, frame: Buffer): void {
    counted.note(at)
    if (at === 0) received.first.push(frame)
    if (at === size - 1) received.last.push(frame)
  }

  return {
    size,
    begin() {
      counted = createArrivals(size)
      received.first = []
      received.last = []
    },
    deliveries: () => counted.deliveries(),
    complete: () => counted.complete(),
    arrivals() {
      const ids = received.first.map(idOf)
      const others = received.last.map(idOf)
      if (ids.length !== others.length || ids.some((id, place) => id !== others[place]))
        throw new Error('Two subscribers of one room received different events')
      return new Map(ids.map((id, place) => [id, counted.completeAt(place) ?? Number.NaN]))
    },
    close: () => sockets.forEach((socket) => socket.close()),
  }
}

function indexes(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, at) => from + at)
}
