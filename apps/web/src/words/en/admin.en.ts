import { word } from '../word.ts'

export const accessOf = word('Access of {person}')
export const notSetUp = word('not set up')
export const waiting = word('waiting')
export const waitingTried = word('waiting, tried {count, plural, one {# time} other {# times}}')
export const refused = word('Refused by Conclave')
export const socketsClosed = word('Open connections closed')
export const auth0Blocked = word('Blocked in Auth0')
export const auth0Unblocked = word('Unblocked in Auth0')
export const auth0SessionsEnded = word('Auth0 sessions ended')

export const notVerified = word('{email} · not verified')
export const blockedSince = word('Since <when/>')
export const blockedSinceFor = word('Since <when/>: <reason/>')
export const block = word('Block')
export const blockMore = word('Block…')
export const blockThis = word('Block {person}')
export const unblock = word('Unblock')
export const unblockThis = word('Unblock {person}')
export const blockTitle = word('Block <person/>?')
export const blockDetail = word(
  'They lose access at once: they cannot send or receive anything more, their open pages close, and they cannot sign in. Their messages stay, under their name.',
)
export const reason = word('Reason')
export const reasonHint = word('Optional: for owners and admins only.')

export const roleOf = word('Role of {person}: {role}')
export const ownerRule = word('changes roles and blocks anyone')
export const adminRule = word('blocks members')
export const memberRule = word('cannot change roles or block')
