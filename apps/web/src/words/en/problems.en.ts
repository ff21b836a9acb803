import { word } from '../word.ts'

export const deviceOffline = word('This device is offline.')
export const signInSilent = word('The sign-in service is not responding.')
export const serverBusy = word('The server cannot answer right now.')
export const serverSilent = word('The server is not responding.')
export const awayTryAgain = word('{away} Try again in a moment.')
export const awayRetried = word('{away} Retrying automatically.')
export const slowDownFor = word(
  'That was a little fast. Try again in {seconds, plural, one {# second} other {# seconds}}.',
)
