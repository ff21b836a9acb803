import { describe, expect, it } from 'vitest'
import { channelName, parseChannel, type Channel } from './channels.ts'
import { ALICE, GENERAL } from './examples.ts'

const CHANNELS: Channel[] = [
  { kind: 'room', roomId: GENERAL, epoch: 0 },
  { kind: 'room', roomId: GENERAL, epoch: 17 },
  { kind: 'presence', roomId: GENERAL, epoch: 3 },
  { kind: 'person', personId: ALICE, epoch: 4 },
  { kind: 'team', epoch: 2 },
]

const REFUSED: [why: string, name: string][] = [
  ['a second spelling of an epoch', `private-encrypted-room-${GENERAL}-e01`],
  ['an epoch below nought', `private-encrypted-team-e-1`],
  ['an epoch too long to count exactly', `private-encrypted-team-e1234567890123456`],
  ['no epoch', `private-encrypted-room-${GENERAL}`],
  ['a person without an epoch', `private-encrypted-person-${ALICE}`],
  ['an epoch in upper case', `private-encrypted-room-${GENERAL}-E1`],
  ['an id in upper case', `private-encrypted-room-ABCDEF12${GENERAL.slice(8)}-e1`],
  ['a prefix in upper case', `Private-encrypted-room-${GENERAL}-e1`],
  ['a public channel', `room-${GENERAL}-e1`],
  ['a private channel that is not encrypted', `private-room-${GENERAL}-e1`],
  ['a cache channel', `private-encrypted-cache-room-${GENERAL}-e1`],
  ['presence of the team', 'presence-team-e1'],
  ['something before', ` private-encrypted-team-e1`],
  ['something after', `private-encrypted-team-e1-`],
  ['a line after', `private-encrypted-team-e1\n`],
  ['only a dash', '-'],
  ['nothing', ''],
  ['digits of another script', 'private-encrypted-team-e\u0661'],
  ['a look-alike letter', `private-encrypted-r\u043Eom-${GENERAL}-e1`],
]

describe('channel names', () => {
  it.each(CHANNELS)('read back as what they were made of: $kind', (channel) => {
    expect(parseChannel(channelName(channel))).toEqual(channel)
  })

  it('are different for different channels', () => {
    expect(new Set(CHANNELS.map(channelName)).size).toBe(CHANNELS.length)
  })

  it.each(REFUSED)('are not read from %s', (_, name) => {
    expect(parseChannel(name)).toBeUndefined()
  })
})
