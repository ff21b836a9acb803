import type { ChangeEvent, ComponentProps, KeyboardEvent, ReactNode, RefObject } from 'react'
import type { RoomInfo } from '../rooms/rooms.queries.ts'

/** A field in which messages are written, and the text in it, as it will be sent. */
export interface WrittenIn {
  room: RoomInfo
  text: string
  field: RefObject<HTMLTextAreaElement | null>
  onText: (text: string) => void
  /** Sends a text that was held back, once its author has said yes. */
  onSend: (text: string) => void
}

/** What helps with writing, once it is loaded. */
export interface Assist {
  /** What the field shows of a text: names in the place of ids. */
  show: (text: string) => string
  /** The text after somebody has changed what the field shows. */
  read: (event: ChangeEvent<HTMLTextAreaElement>) => string
  /** Whether a key was for the suggestions, and nothing else may happen. */
  takesKey: (event: KeyboardEvent<HTMLTextAreaElement>) => boolean
  /** Whether a text is held back, because its author is asked first. */
  holds: (text: string) => boolean
  /** What stands beside the field. */
  button: ReactNode
  attributes: Omit<ComponentProps<'textarea'>, 'value'>
}
