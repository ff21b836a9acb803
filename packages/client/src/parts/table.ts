import type { StreamKind } from '@conclave/shared/events'
import { messages } from './messages.part.ts'
import type { ChangingPart, Part, WholePart } from './part-kinds.ts'
import { people } from './people.part.ts'
import { quotes } from './quotes.part.ts'
import { line, rooms } from './rooms.part.ts'
import { workspace } from './workspace.part.ts'

interface Table {
  /** `line` is last, so that the other parts of a room never seem to be behind it. */
  readonly room: readonly (ChangingPart | WholePart<'room'>)[]
  readonly person: readonly WholePart<'person'>[]
  readonly team: readonly WholePart<'team'>[]
}

/** All parts of the replica, by the stream that changes them. The replica's code iterates over this and names no part. */
const TABLE: Table = {
  room: [messages, quotes, line],
  person: [rooms],
  team: [people, workspace],
}

export const PARTS: { readonly [Kind in StreamKind]: readonly Part<Kind>[] } = TABLE

/** The parts of a room that are caught up with its changes. */
export const CHANGING_PARTS = TABLE.room.filter((part) => 'catchUp' in part)

/** The parts of a stream that are loaded whole. */
export function wholeParts<Kind extends StreamKind>(kind: Kind): WholePart<Kind>[] {
  return PARTS[kind].filter((part): part is WholePart<Kind> => 'merge' in part)
}
