import { word } from '../word.ts'

export const blocked = word('Your access was removed by an administrator')
export const blockedDetail = word('Ask them if you think this is a mistake.')
export const ended = word('Your session has ended')
export const endedDetail = word(
  'Sign in again to continue where you were. What you wrote is kept for you.',
)
export const signedOut = word('You were signed out')
export const signedOutDetail = word('This was done from another place. Sign in again to continue.')
export const otherPerson = word('Somebody else has signed in here')
export const otherPersonDetail = word(
  'Sign in again to continue as yourself. What you wrote is kept for you.',
)
export const tenantAway = word('The sign-in service is not responding')
export const tenantAwayDetail = word(
  'You will be signed in again as soon as it is back. What you wrote is kept for you.',
)
export const unreachable = word('Signing in is not possible right now')
export const unreachableDetail = word(
  'There was no answer from the sign-in service. Try again in a moment.',
)
