import { word } from '../word.ts'

export const invalidRequest = word(
  'The server did not understand this. Reload the page and try again.',
)
export const notSignedIn = word('Your session has ended. Sign in again to continue.')
export const accessRemoved = word('Your access was removed by an administrator.')
export const signedOut = word('You were signed out. Sign in again to continue.')
export const notFound = word('There is nothing here.')
export const roomNotFound = word('This room does not exist, or you are not in it.')
export const messageNotFound = word('This message is not there any more.')
export const personNotFound = word('This person is not in the team.')
export const sessionNotFound = word('This session has ended already.')
export const channelNotFound = word('Live updates for this room are not available to you.')
export const methodNotAllowed = word('This cannot be done here.')
export const notAllowed = word('Your role does not allow this.')
export const keptOut = word('You were removed from this room. Only a member can add you again.')
export const tooSlow = word(
  'This took too long to reach the server. Check your network and try again.',
)
export const messageIdTaken = word(
  'This message could not be sent. Copy its text and send it as a new message.',
)
export const lastOwner = word('There must be an owner. Make somebody else an owner first.')
export const ownAccount = word('You cannot do this to your own account.')
export const tooManyRooms = word(
  'You are in {most, number} rooms, the most that one person can be in. Leave one first.',
)
export const tooManyRoomsMade = word(
  'You have made {most, number} rooms, the most that one person can make. Ask a colleague to make this one.',
)
export const personInTooManyRooms = word(
  'This person is in so many rooms that nobody can add them to another.',
)
export const tooManyReactions = word(
  'This message has as many different emoji as one may have. Use one of them.',
)
export const messageRemoved = word('This message was removed.')
export const editWindowOver = word('It is too late to edit this message.')
export const roomArchived = word('This room is archived. Nobody can send or edit messages in it.')
export const tooLarge = word('This is too large to send.')
export const unsupportedMediaType = word('This kind of content cannot be sent.')
export const expectationFailed = word(
  'Something between here and the server changes requests. Try another network.',
)
export const headTooLarge = word('This is too large to send. Reload the page and try again.')
export const messageTooLong = word('This message is too long.')
export const tooManyMentions = word('A message can mention at most 20 people.')
export const slowDown = word('That was a little fast. Wait a moment and try again.')
export const internal = word('Something went wrong on our side. Try again in a moment.')
export const unavailable = word('The server cannot answer right now. Try again in a moment.')
