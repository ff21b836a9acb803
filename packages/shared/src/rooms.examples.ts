import type { PersonEvent } from './events.ts'
import { ALICE, BOB, GENERAL, type Example } from './examples.ts'
import { moveRead, Room, Rooms } from './rooms.ts'
import { createRoom, openDirect, ROOM_NAME_MAX_CHARS } from './rooms.create.ts'
import { READS_SET_MAX, setReads } from './rooms.reads.ts'

export const general: Room = {
  id: GENERAL,
  kind: 'open',
  name: 'General',
  topic: '',
  archived: false,
  people: [],
  role: 'member',
  lastSeq: 2,
  readSeq: 1,
  readVersion: 0,
  unread: { runs: [[2, 2]], upTo: 2 },
  mentions: { seqs: [], upTo: 2 },
  rev: 5,
  epoch: 0,
  memberCount: 2,
  membersRev: 4,
}
export const aliceAndBob: Room = {
  ...general,
  id: '01900000-0000-7000-8000-000000000002',
  kind: 'direct',
  name: '',
  people: [ALICE, BOB],
  notifyAll: 'members',
}
export const rooms: Rooms = { rooms: [general], rev: 7, epoch: 1, teamEpoch: 2, teamRev: 4 }

export const PERSON_EVENTS: PersonEvent[] = [
  { type: 'room.joined', data: aliceAndBob },
  { type: 'room.left', data: { roomId: GENERAL } },
  { type: 'role.changed', data: { roomId: GENERAL, role: 'moderator' } },
  { type: 'read.moved', data: { roomId: GENERAL, readSeq: 2, readVersion: 0 } },
  { type: 'reads.set', data: { rooms: [{ roomId: GENERAL, readSeq: 1, readVersion: 9 }] } },
  { type: 'rekeyed', data: { rooms: [{ roomId: GENERAL, epoch: 3 }], team: 4 } },
]

export const ROOMS_EXAMPLES: Record<string, Example> = {
  Room: {
    schema: Room,
    valid: [general, aliceAndBob],
    invalid: {
      'a kind there is not': { ...general, kind: 'secret' },
      'a revision below nought': { ...general, rev: -1 },
      'a run with one end': { ...general, unread: { runs: [[1]], upTo: 2 } },
      'an id in upper case': { ...general, id: GENERAL.replace('8000', 'ABCD') },
    },
  },
  Rooms: { schema: Rooms, valid: [rooms], invalid: { 'a bare list': [general] } },
  createRoom: {
    schema: createRoom.body,
    valid: [
      { kind: 'open', name: 'General' },
      { kind: 'closed', name: 'Design', topic: 'How it looks' },
    ],
    invalid: {
      'a direct room, which openDirect makes': { kind: 'direct', name: 'Us' },
      'no name': { kind: 'open', name: '' },
      'a name that is only space': { kind: 'open', name: ' ' },
      'a name that turns round what follows': { kind: 'open', name: 'a\u202eb' },
      'a name too long': { kind: 'open', name: 'n'.repeat(ROOM_NAME_MAX_CHARS + 1) },
      'an owner by wish': { kind: 'open', name: 'General', role: 'owner' },
    },
  },
  openDirect: {
    schema: openDirect.body,
    valid: [{ people: [BOB] }],
    invalid: {
      nobody: { people: [] },
      'the same person twice': { people: [BOB, BOB] },
    },
  },
  moveRead: {
    schema: moveRead.body,
    valid: [{ seq: 0 }, { seq: 12 }, { seq: 12, readVersion: 9 }],
    invalid: { 'half a message': { seq: 1.5 }, 'a number as text': { seq: '12' } },
  },
  setReads: {
    schema: setReads.body,
    valid: [{ rooms: [{ roomId: GENERAL, seq: 0 }] }],
    invalid: {
      'no room': { rooms: [] },
      'a position before the first message': { rooms: [{ roomId: GENERAL, seq: -1 }] },
      'too many rooms': {
        rooms: Array.from({ length: READS_SET_MAX + 1 }, () => ({ roomId: GENERAL, seq: 1 })),
      },
    },
  },
}
