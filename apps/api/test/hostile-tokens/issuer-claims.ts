import { AUDIENCE, CLIENT_ID } from '../good-tokens.ts'
import { bySomebodyElse, claims, claimsText, type HonestToken, type HostileToken } from './forge.ts'

/** Claims about who issued it, for whom and for which application (RFC 8725 sections 3.8 and 3.9). */
export const CLAIMS: HostileToken[] = [
  ['no iss', 'iss', claims({ iss: undefined })],
  ['iss null', 'iss', claims({ iss: null })],
  ['iss empty', 'iss', claims({ iss: '' })],
  ['a foreign iss', 'iss', claims(({ attacker }) => ({ iss: attacker.issuer }))],
  [
    'a foreign iss and its own key',
    'kid-unknown',
    bySomebodyElse(({ attacker }) => ({ kid: attacker.key.kid })),
  ],
  ['iss without its slash', 'iss', claims(({ issuer }) => ({ iss: issuer.domain }))],
  ['iss with a slash more', 'iss', claims(({ issuer }) => ({ iss: `${issuer.issuer}/` }))],
  ['iss in upper case', 'iss', claims(({ issuer }) => ({ iss: issuer.issuer.toUpperCase() }))],
  ['iss that begins like ours', 'iss', claims(({ issuer }) => ({ iss: `${issuer.issuer}@evil/` }))],
  ['iss in a list', 'iss', claims(({ issuer }) => ({ iss: [issuer.issuer] }))],
  [
    'iss in a list beside another',
    'iss',
    claims(({ issuer, attacker }) => ({ iss: [issuer.issuer, attacker.issuer] })),
  ],

  ['no aud', 'aud', claims({ aud: undefined })],
  ['aud null', 'aud', claims({ aud: null })],
  ['aud empty', 'aud', claims({ aud: '' })],
  ['the aud of another api', 'aud', claims({ aud: 'https://other.example' })],
  [
    'the aud of /userinfo alone',
    'aud',
    claims(({ issuer }) => ({ aud: `${issuer.issuer}userinfo` })),
  ],
  ['an empty list as aud', 'aud', claims({ aud: [] })],
  ['aud that begins like ours', 'aud', claims({ aud: `${AUDIENCE}.evil.example` })],
  ['aud with a slash more', 'aud', claims({ aud: `${AUDIENCE}/` })],
  ['aud in upper case', 'aud', claims({ aud: AUDIENCE.toUpperCase() })],
  ['audiences in one text', 'aud', claims({ aud: `${AUDIENCE} https://other.example` })],
  ['a number beside our aud', 'aud', claims({ aud: [AUDIENCE, 1] })],
  ['our aud a list deeper', 'aud', claims({ aud: [[AUDIENCE]] })],
  ['aud as an object', 'aud', claims({ aud: { [AUDIENCE]: true } })],

  ['no azp', 'azp-missing', claims({ azp: undefined })],
  ['azp null', 'azp', claims({ azp: null })],
  ['the azp of another application', 'azp', claims({ azp: 'somebody-else' })],
  ['azp in a list', 'azp', claims({ azp: [CLIENT_ID] })],
  ['the client_id of another application', 'client_id', claims({ client_id: 'somebody-else' })],
  ['another client_id in place of azp', 'client_id', claims({ azp: undefined, client_id: 'x' })],
  ['a token bound to a key', 'cnf', claims({ cnf: { jkt: 'x' } })],
  ['a token bound to nothing', 'cnf', claims({ cnf: null })],

  ['an ID token', 'aud', claims({ aud: CLIENT_ID, nonce: 'n', azp: undefined })],
  ['a logout token', 'sub', claims({ sub: undefined, sid: 's', events: {} })],

  ['a list for claims', 'unverifiable', claimsText((text) => `[${text}]`)],
  ['text for claims', 'unverifiable', claimsText(() => '"claims"')],
  ['a number for claims', 'unverifiable', claimsText(() => '1')],
  ['null for claims', 'unverifiable', claimsText(() => 'null')],
  ['no claims', 'iss', claimsText(() => '{}')],
  ['claims that are not JSON', 'unverifiable', claimsText((text) => text.slice(1))],
  [
    'iss twice, the last foreign',
    'iss',
    claimsText((text) => text.replace(/}$/, ',"iss":"https://evil.example/"}')),
  ],
  ['claims only in a prototype', 'iss', claimsText((text) => `{"__proto__":${text}}`)],
]

export const HONEST_CLAIMS: HonestToken[] = [
  ['our aud alone', claims({ aud: AUDIENCE })],
  ['our aud in a list alone', claims({ aud: [AUDIENCE] })],
  ['client_id in place of azp', claims({ azp: undefined, client_id: CLIENT_ID })],
  ['client_id beside azp', claims({ client_id: CLIENT_ID })],
  ['claims nobody knows', claims({ 'https://example.com/x': { deep: [1] }, role: 'owner' })],
]
