import type { MessagePage } from '@conclave/shared/messages'
import type { ComponentProps } from 'react'
import type { RoomInfo } from '../rooms/rooms.queries.ts'
import type { GiveFocusBack } from '../../ui/focus-back.ts'
import type { ShownReaction } from './reactions.wishes.ts'

/** The room whose reactions are shown, its loaded messages, and me. */
export interface ReactionsOf {
  room: RoomInfo
  page: MessagePage
  myId: string
}

/** What the chips and the button of a message can do once the rest is loaded. */
export interface Live {
  isArchived: boolean
  /** The reactions of each message that has any. */
  shown: ReadonlyMap<string, readonly ShownReaction[]>
  sentenceOf: (reaction: ShownReaction) => string
  /** The props of a chip: it toggles, and shows the names on hover, focus and touch. */
  chip: (messageId: string, reaction: ShownReaction) => ComponentProps<'button'>
  /** Fetches who reacted, unless that is known. */
  list: (messageId: string) => void
  /** The message that an emoji is being chosen for. */
  chosenFor: string | undefined
  /** Opens the emoji for this message, or closes them. */
  choose: (choosing: Choosing) => void
  /** Closes the emoji, if they are open for this message. */
  chooseNoMore: (messageId: string) => void
}

/** A fixed place on the screen; an element may move. */
export interface Place {
  getBoundingClientRect: () => DOMRect
}

export interface Choosing {
  messageId: string
  button: HTMLElement
  /** Where the button was: the emoji stay there while messages arrive, so that nobody presses the wrong one. */
  place: Place
  /** To what had the focus. */
  goBack: GiveFocusBack
}
