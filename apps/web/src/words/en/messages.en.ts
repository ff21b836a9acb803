import { word } from '../word.ts'

export const messages = word('Messages')
export const loadingMessages = word('Loading messages')
export const beginningOfRoom = word(
  'This is the beginning of the room. Everyone in it can read its messages.',
)

export const today = word('Today')
export const yesterday = word('Yesterday')
export const unread = word('New')
export const jumpToLatest = word('Jump to latest')
export const linkOpened = word('Message from {person}, {time}')
export const newSince = word('{count, number}<unseen> new</unseen>')

export const announced = word('<person/>: <text/>')
export const manyNew = word('{count, plural, one {# new message} other {# new messages}}')

/** Beside a message, for screen readers. */
export const mentionsYou = word('mentions you')

export const messageTo = word('Message {room}')
export const send = word('Send')

export const sending = word('Sending')
export const sendingIn = word('Sending in {seconds, number} s')
export const waiting = word('Waiting')
export const notSentYet = word('Not sent yet - it is sent by itself as soon as that is possible.')
export const notSent = word('Not sent. {reason}')
export const retry = word('Retry')
export const discard = word('Delete')

export const edited = word('(edited)')
export const editedAt = word('Edited {time}')
export const youDeleted = word('You deleted this message')
export const messageDeleted = word('Message deleted')
export const removedByModerator = word('Removed by a moderator')

export const showMore = word('Show more')
export const showLess = word('Show less')
