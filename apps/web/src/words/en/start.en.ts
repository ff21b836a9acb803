import { word } from '../word.ts'

/** Everything that index.html and start.js say, before any script of the app is there. */
export const description = word('A secure team chat that a team can own')
export const notStarted = word('Conclave could not start yet')
export const again = word('Try again')
export const needsScript = word('Conclave needs JavaScript')
export const turnOnScript = word('Turn it on for this address and reload the page.')
export const offline = word(
  'This device is offline, or the server is unavailable. Retrying automatically.',
)
export const tooOld = word('This browser is too old for Conclave. Update it, or use another one.')
export const slow = word('Conclave is slow to load. Retrying automatically.')
export const failed = word('Conclave could not start.')
