import { word } from '../word.ts'

export const connecting = word('Connecting…')
export const live = word('Live')
export const catchingUp = word('Catching up…')

export const offline = word(
  'You are offline - nothing goes out or comes in. What you write waits here and is sent when you are back',
)
export const apiAway = word(
  'The server is not responding - nothing goes out. What you write waits here and is sent when it is back',
)
export const signInAway = word(
  'The sign-in service is not responding - nothing goes out. What you write waits here and is sent when it is back',
)
export const polling = word(
  'No live connection - what you send goes out, what others write comes a little late',
)
export const outdated = word('There is a newer version of Conclave')
export const mismatched = word(
  'The server has another version than this page - some things may not work',
)
export const lost = word('Part of Conclave did not load - reload to get new messages')
