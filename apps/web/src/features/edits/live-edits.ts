import type { Message } from '@conclave/shared/messages'
import type { ComponentType, RefObject } from 'react'
import type { RoomInfo } from '../rooms/rooms.queries.ts'

/** What the list of messages does for edits. */
interface EditedList {
  /** Whether the reader is at the end of the conversation. */
  isAtEnd: () => boolean
  /** Scrolls to the message, if that is needed. */
  reveal: (messageId: string) => void
}

/** What edits are about: one open room. */
export interface EditsOf {
  room: RoomInfo
  list: RefObject<EditedList | null>
}

export interface EditorProps {
  message: Message
  live: Pick<LiveEdits, 'takesFocus' | 'end'>
}

/** Everything that edits and removals do, once it is loaded. */
export interface LiveEdits {
  /** The ids of the messages that I am editing. */
  editing: ReadonlySet<string>
  /** In the place of the text of these. */
  Editor: ComponentType<EditorProps>
  mayEdit: (message: Message) => boolean
  mayRemove: (message: Message) => boolean
  begin: (message: Message) => void
  /** Whether the field of this message takes the focus: once, and not when it is scrolled back into view. */
  takesFocus: (messageId: string) => boolean
  end: (messageId: string) => void
  /** Begins to edit my last message, if I am at the end and may edit it; returns whether. */
  editLast: () => boolean
  /** Asks whether it is really to be removed. */
  remove: (message: Message) => void
  /** Undefined where the workspace keeps no earlier versions. */
  showVersions: ((message: Message) => void) | undefined
  /** Messages that were removed before this are shown no more; as `Date.now()`. */
  removedShownSince: number
}
