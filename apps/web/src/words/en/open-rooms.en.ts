import { word } from '../word.ts'

export const newRoom = word('New room')
export const openRooms = word('Open rooms')
export const openAndClosed = word(
  'Open rooms are for everyone in the team. Closed rooms are shown only to their members.',
)
export const findRoom = word('Find a room')
export const openRoomsNotLoaded = word('The rooms could not be loaded')
export const loadingOpenRooms = word('Loading the rooms')
export const noOpenRoom = word('There is no open room yet.')
export const noRoomNamed = word('No open room has <search>“{text}”</search> in its name.')
export const roomsFound = word(
  '{count, plural, one {# room} other {# rooms}} found{more, select, yes { so far} other {}}',
)

export const lastMessage = word('last message <when/>')
export const noMessages = word('no messages yet')
export const keptOutOf = word('You were removed from this room. Only a member can add you again.')
export const open = word('Open')
export const openThis = word('Open {room}')
export const join = word('Join')
export const joinThis = word('Join {room}')

export const kindOpen = word('Open', 2)
export const kindOpenRule = word('Everyone in the team can find it, read it and join.')
export const kindClosed = word('Closed')
export const kindClosedRule = word('Only its members know that it exists. You decide who is in it.')
export const name = word('Name')
export const topic = word('Topic')
export const topicHint = word('Optional: what it is about, in a line.')
export const whoItIsFor = word('Who it is for')
export const createRoom = word('Create the room')
