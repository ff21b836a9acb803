import { word } from '../word.ts'

export const conversationBroken = word('The conversation could not be shown')
export const composerBroken = word('The message field could not be shown')
export const roomsBroken = word('The list of rooms could not be shown')
export const pageBroken = word('This page could not be shown')
export const panelBroken = word('This panel could not be shown')
export const dialogBroken = word('This dialog could not be shown')
export const appBroken = word('Conclave could not be shown')
export const broken = word('Something in Conclave went wrong here. Try again, or reload the page.')

export const notStarted = word('Conclave could not start yet')
export const skip = word('Skip to the conversation')
export const searchMessages = word('Search messages')
export const searchMessagesBy = word('Search messages (Ctrl-F)')
export const upToDate = word('Up to date')

export const nothingHere = word('There is nothing here')
export const toYourRooms = word('Go to your rooms')
export const noSuchRoom = word('There is no such room')
export const noSuchRoomForYou = word('It does not exist, or you are not in it.')
export const noSuchMessage = word('There is no such message')
export const noSuchMessageForYou = word('It does not exist, or you are not in its room.')
export const accessLost = word('You no longer have access to <room/>')
/** The title of the page, in which the room is not named. */
export const accessLostTitle = word('You no longer have access')
export const accessLostDetail = word(
  'You were removed from it. Nothing from it is kept in this browser.',
)
export const roomNotLoaded = word('The room could not be loaded')
export const messagesNotLoaded = word('The messages could not be loaded')
export const roomArchived = word('This room is archived. Nobody can send messages in it.')

export const partAway = word('This part could not be loaded yet')
export const partLost = word('This part could not be loaded')
export const pageOutdated = word('This page is older than the server. Reload to continue.')
export const reloadForPart = word('Reload the page to get it.')
