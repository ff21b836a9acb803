import { claims, type HonestToken, type HostileToken } from './forge.ts'

const SESSION = 'https://conclave.example/sid'

/** Who it is about: always a person, by a name of the issuer's. */
export const SUBJECTS: HostileToken[] = [
  ['no sub', 'sub', claims({ sub: undefined })],
  ['sub null', 'sub', claims({ sub: null })],
  ['an empty sub', 'sub', claims({ sub: '' })],
  ['a blank sub', 'sub', claims({ sub: ' ' })],
  ['a sub of line ends', 'sub', claims({ sub: '\r\n\t' })],
  ['a sub of an invisible space', 'sub', claims({ sub: '\u00a0\ufeff' })],
  ['a sub with nothing to see', 'sub', claims({ sub: '\u2800\u200b' })],
  ['a sub with a NUL', 'sub', claims({ sub: 'auth0|grace\0' })],
  ['a sub with half a character', 'sub', claims({ sub: 'auth0|\ud800' })],
  ['a number as sub', 'sub', claims({ sub: 7 })],
  ['sub in a list', 'sub', claims({ sub: ['auth0|grace'] })],
  ['sub as an object', 'sub', claims({ sub: { id: 'auth0|grace' } })],
  ['a sub of 256 characters', 'sub', claims({ sub: 's'.repeat(256) })],

  ['a session with a NUL', 'sid', claims({ [SESSION]: 's\0' })],
  ['a session with half a character', 'sid', claims({ [SESSION]: '\ud800' })],
  ['an empty session', 'sid', claims({ [SESSION]: '' })],
  ['a number as session', 'sid', claims({ [SESSION]: 1 })],
  ['a session in a list', 'sid', claims({ [SESSION]: ['s'] })],
  ['a session of 256 characters', 'sid', claims({ [SESSION]: 's'.repeat(256) })],

  ['a machine', 'machine', claims({ sub: 'machine@clients' })],
  ['a machine by its grant', 'gty', claims({ gty: 'client-credentials' })],
  ['a password given away', 'gty', claims({ gty: 'password' })],
  ['a grant in a list', 'gty', claims({ gty: ['client-credentials'] })],
]

/** The author is `sub`, whatever else a token may say. */
export const HONEST_SUBJECTS: HonestToken[] = [
  ['a session of hers', claims({ [SESSION]: 'one' })],
  ['another name and address', claims({ name: 'Alice', email: 'alice@example.com' })],
  [
    'another person elsewhere in it',
    claims({ act: { sub: 'auth0|alice' }, user_id: 'auth0|alice' }),
  ],
]
