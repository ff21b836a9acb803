import { word } from '../word.ts'

export const unsent = word(
  '{count, plural, one {# message is not sent yet} other {# messages are not sent yet}}',
)
export const signOutAndDelete = word('Sign out and delete')
export const unsentDetail = word('Signing out deletes unsent messages from this browser.')
