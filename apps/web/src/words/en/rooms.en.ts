import { word } from '../word.ts'

export const rooms = word('Rooms')
export const chooseRoom = word('Choose a room to begin.')
export const backToRooms = word('Back to rooms')
export const loadingRooms = word('Loading your rooms')
export const roomsNotLoaded = word('Your rooms could not be loaded. {reason}')
export const otherVersion = word(
  'The server has another version than this page. Retrying automatically.',
)
export const noRoomYet = word(
  'You are not in any room yet. Browse the open ones, or wait until somebody adds you.',
)
export const browseRooms = word('Browse rooms')
export const members = word('Members')
export const memberCount = word('{count, plural, one {# member} other {# members}}')
export const addPeople = word('Add people')
export const onlyYou = word('Only you are here so far.')
