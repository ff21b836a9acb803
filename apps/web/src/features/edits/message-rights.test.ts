import { ALICE, BOB, NOON } from '@conclave/shared/examples'
import { messageAt } from '@conclave/shared/messages.examples'
import type { WorkspaceSettings } from '@conclave/shared/workspace'
import { expect, test } from 'vitest'
import { mayEdit, mayRemove } from './message-rights.ts'

const NOW = Date.parse(NOON) + 10 * 60_000
const ROOM = { kind: 'closed', role: 'member', archived: false } as const
const ME = { id: ALICE, role: 'member' } as const
const mine = messageAt(1, 1, { authorId: ALICE })
const theirs = messageAt(2, 2, { authorId: BOB })
const removed = { ...mine, text: '', removed: { at: NOON, by: 'author' } as const }
const line = { ...mine, text: '', line: { kind: 'joined' } }

function settings(editWindowMinutes: WorkspaceSettings['editWindowMinutes']): WorkspaceSettings {
  return { editWindowMinutes, showVersions: true }
}

test.each([
  ['mine', mine, {}, true],
  ['mine, while nothing is known of the settings', mine, { settings: undefined }, true],
  ['mine, within the window', mine, { settings: settings(60) }, true],
  ['mine, after the window', mine, { settings: settings(5) }, false],
  ['mine, where nobody edits', mine, { settings: settings(0) }, false],
  ['mine, in an archived room', mine, { room: { ...ROOM, archived: true } }, false],
  ['mine, removed', removed, {}, false],
  ['a line about me', line, {}, false],
  ['somebody else’s', theirs, {}, false],
  [
    'somebody else’s, as the owner of the room',
    theirs,
    { room: { ...ROOM, role: 'owner' } },
    false,
  ],
] as const)('C6: editing a message that is %s', (_, message, changes, expected) => {
  const options = { me: ME, room: ROOM, settings: settings(null), now: NOW, ...changes }
  expect(mayEdit(message, options)).toBe(expected)
})

test.each([
  ['mine', mine, {}, true],
  ['mine, in an archived room', mine, { room: { ...ROOM, archived: true } }, true],
  ['mine, removed', removed, {}, false],
  ['a line about me', line, {}, false],
  ['somebody else’s', theirs, {}, false],
  ['somebody else’s, as a moderator', theirs, { room: { ...ROOM, role: 'moderator' } }, true],
  ['somebody else’s, as an admin of the workspace', theirs, { me: { ...ME, role: 'admin' } }, true],
  [
    'somebody else’s, in a direct room, as an admin',
    theirs,
    { me: { ...ME, role: 'admin' }, room: { ...ROOM, kind: 'direct' } },
    false,
  ],
] as const)('C8, C9: removing a message that is %s', (_, message, changes, expected) => {
  expect(mayRemove(message, { me: ME, room: ROOM, ...changes })).toBe(expected)
})
