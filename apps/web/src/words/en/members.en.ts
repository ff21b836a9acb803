import { word } from '../word.ts'

export const closeMembers = word('Close members')
export const loadingMembers = word('Loading the members')
export const findMember = word('Find a member')
export const membersNotLoaded = word('The members could not be loaded')
export const membersFound = word(
  '{count, plural, one {# member} other {# members}} found{more, select, yes { so far} other {}}',
)
export const noMemberNamed = word('Nobody here has <search>“{text}”</search> in their name.')
export const actionsFor = word('Actions for {person}')

export const role = word('Role')
export const owner = word('Owner')
export const ownerRule = word('can do everything here')
export const moderator = word('Moderator')
export const moderatorRule = word('adds and removes members')
export const member = word('Member')
export const memberRule = word('reads and writes messages')

export const whoNotifies = word('Who can notify the whole room')
export const everyMember = word('Every member')
export const everyMemberRule = word('can notify the whole room')
export const onlyModerators = word('Owners and moderators')
export const onlyModeratorsRule = word('members cannot use @room and @here')
export const membersNotify = word('Every member can use @room and @here')
export const moderatorsNotify = word('Only owners and moderators can use @room and @here')

export const takeOut = word('Remove from the room…')
export const takeOutTitle = word('Remove <person/> from <room/>?')
export const takeOutAction = word('Remove')
export const takeOutOfOpen = word(
  'They lose access at once, even if they have the room open. Their messages stay. The room is open: unless you keep them out, they can join again at once and read everything.',
)
export const takeOutOfClosed = word(
  'They lose access at once, even if they have the room open. Their messages stay. An owner or moderator can add them again.',
)
export const keepOut = word('Keep them out until a member adds them again')

export const leave = word('Leave the room')
export const leaveTitle = word('Leave <room/>?')
export const leaveNotYet = word('You cannot leave <room/> yet')
export const leaveOnlyOwner = word(
  'You are its only owner, and a room needs one. Make somebody else an owner first, in the menu beside their name in the list of members.',
)
export const leaveOpen = word(
  'The room disappears from your list at once, and you get no more messages from it. Your own messages stay. You can join again whenever you like.',
)
export const leaveAlone = word(
  'The room disappears from your list at once, and you get no more messages from it. Your own messages stay. Nobody else is in it: once you leave, nobody can read it or join it again.',
)
export const leaveClosed = word(
  'The room disappears from your list at once, and you get no more messages from it. Your own messages stay. Only an owner or moderator can add you again.',
)
