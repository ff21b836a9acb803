import { word } from '../word.ts'

/** Why a message can never be sent as it is. */
export const notForEverybody = word(
  'Only owners and moderators can use @room and @here in this room.',
)

export const people = word('People to mention')
export const emoji = word('Emoji')
export const suggestions = word('{count, plural, one {# suggestion} other {# suggestions}}')
export const roomRule = word('Notifies everybody in the room')
export const hereRule = word('Notifies everybody in the room who is online')

export const notifyPeople = word('Notify {count, plural, one {# person} other {# people}}?')
export const notifyMany = word('Notify {count, number} people or more?')
export const notifyOnline = word('Notify everybody who is online?')
export const notifyRoomDetail = word('Your message is for everybody in this room.')
export const notifyHereDetail = word('Your message is for everybody in this room who is online.')
export const notify = word('Notify')

export const addEmoji = word('Add an emoji')
export const allEmoji = word('All emoji')
export const findEmoji = word('Find an emoji')
export const loadingEmoji = word('Loading the emoji')
export const noEmoji = word('No emoji is called like this.')
export const emojiFound = word('{count, plural, one {# emoji} other {# emoji}}')
export const smileys = word('Smileys')
export const gestures = word('People and gestures')
export const nature = word('Animals and nature')
export const food = word('Food and drink')
export const travel = word('Travel and places')
export const activities = word('Activities')
export const objects = word('Objects')
export const symbols = word('Symbols')
export const flags = word('Flags')
