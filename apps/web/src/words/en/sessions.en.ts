import { word } from '../word.ts'

export const whereSignedIn = word('Where you are signed in')
export const sessionsNotLoaded = word('Your sessions could not be loaded')
export const loadingSessions = word('Loading your sessions')
export const noSessions = word(
  'This workspace cannot tell your sign-ins apart. You can still sign out everywhere.',
)
export const places = word('Places')
export const signedOutThere = word('Signed out there')
export const here = word('here')
export const signedInAt = word('Signed in <when/>')
export const signedInUsedAt = word('Signed in <when/> · last used <used/>')
export const signOutHere = word('Sign out here')
export const signOutOf = word('Sign out {browser}')
export const everywhere = word('Sign out everywhere…')
export const everywhereTitle = word('Sign out everywhere?')
export const everywhereAction = word('Sign out everywhere')
export const everywhereDetail = word(
  'You will be signed out in every place, including this one. Drafts and unsent messages in this browser are lost. You can sign in again at once.',
)
export const browserOn = word('{browser} on {system}')
export const unknownBrowser = word('Unknown browser')
