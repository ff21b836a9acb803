import { channelName, parseChannel } from '@conclave/shared/channels'
import type { Rooms } from '@conclave/shared/rooms'
import type { Place } from './catch-up.ts'

/** All channels there are for me: my rooms, my own notices and the team, each at its epoch. */
export function channelsOf({ rooms, epoch, teamEpoch }: Rooms, myId: string): Set<string> {
  return new Set([
    channelName({ kind: 'person', personId: myId, epoch }),
    channelName({ kind: 'team', epoch: teamEpoch }),
    ...rooms.map(({ id, epoch }) => channelName({ kind: 'room', roomId: id, epoch })),
  ])
}

/** What may have happened on a channel before it was heard. */
export function missedOn(name: string): Place[] {
  switch (parseChannel(name)?.kind) {
    case 'room':
      return ['rooms', 'loaded']
    case 'team':
      return ['people']
    case 'person':
    case 'presence':
    case undefined:
      return ['rooms']
  }
}
