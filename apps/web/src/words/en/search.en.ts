import { word } from '../word.ts'

export const title = word('Search')
export const help = word(
  'Finds messages in the rooms you are in: words by their beginning, “phrases in quotes”, and from:, in:, before:, after: and has:, typed or picked above.',
)
export const searchFailed = word('The search could not be made')
export const searchMessages = word('Search messages')
export const placeholder = word('Words, or a “phrase in quotes”')
export const clear = word('Clear the search')
export const searching = word('Searching')
export const indexing = word(
  'Older messages are still being prepared for searching, so some may be missing.',
)
export const messagesFound = word(
  '{count, plural, one {# message} other {# messages}} found{more, select, yes { so far} other {}}',
)
export const noMatch = word('No message in your rooms matches this.')
export const results = word('Messages found')
export const nothingFound = word('Nothing found.')
export const editedAfter = word('<time/> (edited)')

export const filters = word('Filters')
export const removeFilter = word('Remove the filter: {filter}')
export const filterWith = word('{name} <value/>')
export const from = word('From')
export const inRoom = word('In', 1)
export const before = word('Before')
export const after = word('After')
export const has = word('Has')
export const hasLink = word('A link')
export const hasCode = word('Code')
export const hasMention = word('A mention')
export const hasReply = word('A reply')
export const hasEmoji = word('An emoji')
export const findPerson = word('Find a person')
export const findRoom = word('Find a room')

export const tooShort = word('Type at least two letters of a word.')
export const noValue = word('Type something after “{about}”.')
export const unknownPerson = word('Nobody in the team is called “{about}”.')
export const unknownRoom = word('You are in no room that is called “{about}”.')
export const unknownDate = word(
  '“{about}” is no date. Write it as year-month-day, like 2026-11-20.',
)
export const unknownThing = word(
  'Nothing is known about “{about}”. After “has:” can be link, code, mention, reply or emoji.',
)
