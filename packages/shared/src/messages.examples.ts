import type { RoomEvent } from './events.ts'
import { ALICE, BOB, GENERAL, NOON, type Example } from './examples.ts'
import { memberBob } from './members.examples.ts'
import { Message, MessagePage, PostMessage, RoomChanges } from './messages.ts'

/** The nth message of General, posted at the given revision; every test that makes a message by hand makes it here. */
export function messageAt(seq: number, rev: number, changes: Partial<Message> = {}): Message {
  return {
    id: `01900000-0000-7000-8000-${String(seq).padStart(12, '0')}`,
    roomId: GENERAL,
    seq,
    rev,
    authorId: seq % 2 === 0 ? BOB : ALICE,
    text: `Message ${seq}`,
    createdAt: NOON,
    ...changes,
  }
}

export const page: MessagePage = {
  messages: [messageAt(1, 3), messageAt(2, 5)],
  rev: 5,
  reachesStart: true,
  reachesEnd: true,
}

const post: PostMessage = { id: messageAt(3, 6).id, text: 'Good morning' }

const nothingChanged = {
  reset: false,
  rev: 6,
  lastSeq: 3,
  messages: [],
  members: [],
  left: [],
}

export const MESSAGE_EVENTS: RoomEvent[] = [
  { type: 'message.posted', data: messageAt(3, 6) },
  { type: 'message.changed', data: messageAt(2, 6) },
  { type: 'message.superseded', data: {} },
]

export const MESSAGES_EXAMPLES: Record<string, Example> = {
  Message: {
    schema: Message,
    valid: [
      messageAt(1, 3),
      messageAt(3, 6, {
        replyTo: messageAt(1, 3).id,
        editedAt: NOON,
        mentions: [BOB],
        notifies: 'here',
      }),
      messageAt(4, 7, { text: '', removed: { at: NOON, by: 'moderator' } }),
      messageAt(5, 8, { text: '', line: { kind: 'renamed', text: 'Design' } }),
      messageAt(6, 9, { text: '', line: { kind: 'added', personId: BOB } }),
    ],
    invalid: {
      'a field nobody declared': { ...messageAt(1, 3), authorName: 'Alice Meyer' },
      'no author': { ...messageAt(1, 3), authorId: undefined },
    },
  },
  PostMessage: {
    schema: PostMessage,
    valid: [
      post,
      { ...post, replyTo: messageAt(1, 3).id },
      { ...post, text: 'Emoji are pairs of surrogates: \u{1F511}' },
    ],
    invalid: {
      'an author, which only the token says': { ...post, authorId: BOB },
      'an id that is not a UUIDv7': { ...post, id: '9b2f6a4e-0000-4000-8000-000000000000' },
      'no text': { ...post, text: '' },
      'a NUL': { ...post, text: 'before\u0000after' },
      'half a surrogate pair': { ...post, text: 'half \uD83D' },
    },
  },
  MessagePage: {
    schema: MessagePage,
    valid: [page],
    invalid: { 'no word on whether more follows': { messages: [], rev: 5, reachesStart: true } },
  },
  RoomChanges: {
    schema: RoomChanges,
    valid: [
      { reset: true, rev: 900 },
      {
        reset: false,
        rev: 6,
        lastSeq: 3,
        messages: [messageAt(3, 6)],
        members: [memberBob],
        left: [],
      },
      { ...nothingChanged, runDigest: { version: 2, sha256: '0f'.repeat(32) } },
    ],
    invalid: {
      'a reset that carries messages': { reset: true, rev: 900, messages: [] },
      'changes without what changed': { reset: false, rev: 6 },
      'half a digest': { ...nothingChanged, runDigest: { version: 2, sha256: '0f'.repeat(16) } },
    },
  },
}
