import { word } from '../word.ts'

export const title = word('Workspace settings')
export const loading = word('Loading the settings')
export const notLoaded = word('The settings could not be loaded')
export const tryAgain = word('Try again')
export const onlyAdmins = word('Only owners and admins of the workspace can change these settings.')
export const saved = word('Saved')
export const notSaved = word('Not saved. {reason}')

export const windowTitle = word('Editing messages')
export const windowHint = word('For how long people can edit a message after they sent it.')
export const anyTime = word('At any time')
export const forADay = word('For 24 hours')
export const forAnHour = word('For one hour')
export const forFiveMinutes = word('For 5 minutes')
export const never = word('Never')

export const versionsTitle = word('Earlier versions')
export const showVersions = word('Show what a message said before it was edited')
export const versionsHint = word(
  'Everyone in the room can read it. If this is off, earlier versions are not kept.',
)
export const hideTitle = word('Delete all earlier versions?')
export const hideAction = word('Delete them')
export const hideConsequence = word(
  'What edited messages said before is deleted in every room, and not kept from now on. This cannot be undone.',
)
