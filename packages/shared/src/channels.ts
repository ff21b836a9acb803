import { UUID_PATTERN } from './ids.ts'
import { unreachable } from './unreachable.ts'

/** The four kinds of channels; nothing else is ever signed. */
export type Channel =
  | { kind: 'room'; roomId: string; epoch: number }
  | { kind: 'presence'; roomId: string; epoch: number }
  | { kind: 'person'; personId: string; epoch: number }
  | { kind: 'team'; epoch: number }

/**
 * The most rooms to whose channels a client is subscribed. Somebody who is in more rooms subscribes to those that are open or
 * were opened last, and hears of the others by `rooms.moved` on their own channel.
 */
export const ROOM_CHANNELS_MAX = 38

/** The only event name that the broker sees. */
export const WIRE_EVENT = 'event'

export function channelName(channel: Channel): string {
  switch (channel.kind) {
    case 'room':
      return `private-encrypted-room-${channel.roomId}-e${channel.epoch}`
    case 'presence':
      return `presence-room-${channel.roomId}-e${channel.epoch}`
    case 'person':
      return `private-encrypted-person-${channel.personId}-e${channel.epoch}`
    case 'team':
      return `private-encrypted-team-e${channel.epoch}`
    default:
      return unreachable(channel)
  }
}

// `e01` and `e1` must not both name epoch 1, so an epoch has one spelling.
const EPOCH = '(0|[1-9][0-9]{0,14})'
const SHAPES: [RegExp, (parts: string[]) => Channel][] = [
  [
    new RegExp(`^private-encrypted-room-(${UUID_PATTERN})-e${EPOCH}$`),
    ([roomId = '', epoch]) => ({ kind: 'room', roomId, epoch: Number(epoch) }),
  ],
  [
    new RegExp(`^presence-room-(${UUID_PATTERN})-e${EPOCH}$`),
    ([roomId = '', epoch]) => ({ kind: 'presence', roomId, epoch: Number(epoch) }),
  ],
  [
    new RegExp(`^private-encrypted-person-(${UUID_PATTERN})-e${EPOCH}$`),
    ([personId = '', epoch]) => ({ kind: 'person', personId, epoch: Number(epoch) }),
  ],
  [
    new RegExp(`^private-encrypted-team-e${EPOCH}$`),
    ([epoch]) => ({ kind: 'team', epoch: Number(epoch) }),
  ],
]

/** The channel with this name, or undefined when the name is not exactly of one of the four kinds. */
export function parseChannel(name: string): Channel | undefined {
  for (const [shape, read] of SHAPES) {
    const match = shape.exec(name)
    if (match) return read(match.slice(1))
  }
  return undefined
}
