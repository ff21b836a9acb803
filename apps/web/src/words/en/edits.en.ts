import { word } from '../word.ts'

export const edit = word('Edit')
export const editedText = word('Edit your message')
export const enterSaves = word('Enter saves, Escape cancels.')
export const heldEnterSaves = word('{key}-Enter saves, Escape cancels.')
export const save = word('Save')
export const cancel = word('Cancel')
export const notSaved = word('Not saved. {reason}')
export const changedMeanwhile = word(
  'You changed this message in another place meanwhile. Saving replaces that text.',
)
export const unsaved = word('Your unsaved text')
export const goneMeanwhile = word(
  'This message was removed while you were editing it. What you wrote is still here.',
)
export const copy = word('Copy text')
export const copied = word('Copied')
export const notCopied = word('The browser does not allow it. Select the text and copy it.')
export const drop = word('Discard')

export const remove = word('Delete')
export const removeTitle = word('Delete this message?')
export const removeMine = word(
  'It is deleted for everyone in the room, with its earlier versions and reactions. This cannot be undone.',
)
export const removeTheirs = word(
  'The message of <author/> is deleted for everyone in the room, and a line says that a moderator removed it. This cannot be undone.',
)

export const versions = word('Earlier versions')
export const noVersions = word('No earlier versions were kept.')
export const loadingVersions = word('Loading the earlier versions')
export const moreVersions = word('Show more')
export const tryAgain = word('Try again')
export const close = word('Close')
