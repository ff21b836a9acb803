import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { follow, PersonEnvelope, RoomEnvelope, TeamEnvelope, type Envelope } from './events.ts'
import { ALICE, GENERAL, NOON } from './examples.ts'

describe('follow', () => {
  it.each([
    [4, 5, 'next'],
    [0, 1, 'next'],
    [5, 5, 'duplicate'],
    [5, 2, 'duplicate'],
    [5, 7, 'gap'],
    [0, 2, 'gap'],
  ] as const)('at revision %i, revision %i is %s', (current, rev, step) => {
    expect(follow(current, rev)).toBe(step)
  })

  it('takes each revision once, whatever is repeated, late or ahead', () => {
    let current = 0
    const taken: number[] = []
    for (const rev of [1, 1, 3, 2, 1, 3, 2, 4]) {
      if (follow(current, rev) !== 'next') continue
      current = rev
      taken.push(rev)
    }
    expect(taken).toEqual([1, 2, 3, 4])
  })
})

describe('an envelope', () => {
  const frame = { v: 1, rev: 6, type: 'message.posted', at: NOON, data: {} } as const
  const room: Envelope = { ...frame, room: GENERAL, epoch: 0 }
  const person: Envelope = { ...frame, person: ALICE, epoch: 0 }
  const team: Envelope = { ...frame, team: true, epoch: 0 }

  it('belongs to one stream and is refused as that of another', () => {
    const kinds = [RoomEnvelope, PersonEnvelope, TeamEnvelope]
    const fits = [room, person, team].map((envelope) =>
      kinds.map((kind) => Value.Check(kind, envelope)),
    )
    expect(fits).toEqual([
      [true, false, false],
      [false, true, false],
      [false, false, true],
    ])
  })

  it.each([
    ['another version', { ...room, v: 2 }],
    ['no epoch', { ...room, epoch: undefined }],
    ['two places at once', { ...room, person: ALICE }],
    ['a revision that is not whole', { ...room, rev: 1.5 }],
    ['nothing at all', null],
  ])('is refused with %s', (_, envelope) => {
    expect(Value.Check(RoomEnvelope, room)).toBe(true)
    expect(Value.Check(RoomEnvelope, envelope)).toBe(false)
  })
})
