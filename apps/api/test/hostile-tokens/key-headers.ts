import {
  bySomebodyElse,
  header,
  headerText,
  type Forge,
  type HonestToken,
  type HostileToken,
} from './forge.ts'

/** Headers that say where to find a key, or what kind of token this is (RFC 8725 sections 3.10 and 3.11). */
export const HEADERS: HostileToken[] = [
  ['no kid', 'kid', header({ kid: undefined })],
  ['an empty kid', 'kid', header({ kid: '' })],
  ['kid null', 'kid', header({ kid: null })],
  ['a number as kid', 'kid', header({ kid: 1 })],
  ['our kid in a list', 'kid', header(({ issuer }) => ({ kid: [issuer.key.kid] }))],
  ['our kid in an object', 'kid', header(({ issuer }) => ({ kid: { kid: issuer.key.kid } }))],
  ['a kid of 129 characters', 'kid', header({ kid: 'k'.repeat(129) })],
  ['an unknown kid', 'kid-unknown', header({ kid: 'unknown' })],
  ['an unknown kid of 128 characters', 'kid-unknown', header({ kid: 'k'.repeat(128) })],
  ['our kid and a space', 'kid-unknown', header(({ issuer }) => ({ kid: `${issuer.key.kid} ` }))],
  ['our kid and a NUL', 'kid-unknown', header(({ issuer }) => ({ kid: `${issuer.key.kid}\0` }))],
  ['a kid that is a path', 'kid-unknown', header({ kid: '../../../../etc/passwd' })],
  ['a kid that is an empty file', 'kid-unknown', header({ kid: '/dev/null' })],
  ['a kid that is SQL', 'kid-unknown', header({ kid: "x' union select 'key" })],
  ['a kid that is an address', 'kid-unknown', header(({ attacker }) => ({ kid: attacker.issuer }))],
  ['a kid every object has', 'kid-unknown', header({ kid: '__proto__' })],
  ['another kid every object has', 'kid-unknown', header({ kid: 'constructor' })],

  ['crit that names exp', 'crit', header({ crit: ['exp'] })],
  ['crit with what it names', 'crit', header({ crit: ['b64'], b64: true })],
  ['an empty crit', 'crit', header({ crit: [] })],
  ['crit null', 'crit', header({ crit: null })],
  ['crit as text', 'crit', header({ crit: 'exp' })],

  ['typ missing', 'typ', header({ typ: undefined })],
  ['typ empty', 'typ', header({ typ: '' })],
  ['typ as a number', 'typ', header({ typ: 1 })],
  ['typ in a list', 'typ', header({ typ: ['JWT'] })],
  ['typ of the other profile', 'typ', header({ typ: 'at+jwt' })],
  ['typ of a logout token', 'typ', header({ typ: 'logout+jwt' })],
  ['typ of a key proof', 'typ', header({ typ: 'dpop+jwt' })],
  ['typ of an introspection answer', 'typ', header({ typ: 'token-introspection+jwt' })],
  ['typ that ends like ours', 'typ', header({ typ: 'secevent+JWT' })],

  ['a key by address', 'kid-unknown', bySomebodyElse(pointed('jku', '.well-known/jwks.json'))],
  ['a certificate by address', 'kid-unknown', bySomebodyElse(pointed('x5u', 'cert.pem'))],
  ['a key by address, under our kid', 'unverifiable', bySomebodyElse(underOurs('jku'))],
  ['a certificate by address, under our kid', 'unverifiable', bySomebodyElse(underOurs('x5u'))],
  ['a key in the header', 'kid-unknown', bySomebodyElse(carried)],
  ['a certificate in the header', 'unverifiable', bySomebodyElse({ x5c: ['MIIB'] })],
  ['a key by a foreign iss in the header', 'unverifiable', bySomebodyElse(foreignIssuer)],

  ['a header that is a list', 'unverifiable', headerText((text) => `[${text}]`)],
  ['a header that is text', 'unverifiable', headerText(() => '"RS256"')],
  ['a header that is null', 'unverifiable', headerText(() => 'null')],
  ['a header that is not JSON', 'unverifiable', headerText((text) => text.slice(1))],
  [
    'a header with alg twice',
    'alg',
    headerText((text) =>
      text.replace('{', '{"alg":"RS256",').replace(/"alg":"RS256",(?="typ)/, '"alg":"none",'),
    ),
  ],
]

export const HONEST_HEADERS: HonestToken[] = [
  ['typ in lower case', header({ typ: 'jwt' })],
  ['typ in full', header({ typ: 'application/jwt' })],
  ['addresses that are never followed', header(pointers)],
  ['fields nobody knows', header({ zip: 'DEF', __: { deep: [1] } })],
]

function pointed(field: 'jku' | 'x5u', path: string) {
  return ({ attacker }: Forge) => ({ kid: attacker.key.kid, [field]: attacker.issuer + path })
}

function underOurs(field: 'jku' | 'x5u') {
  return ({ attacker }: Forge) => ({ [field]: `${attacker.issuer}.well-known/jwks.json` })
}

function carried({ attacker: { key } }: Forge) {
  return { kid: key.kid, jwk: key.jwk }
}

function foreignIssuer({ attacker }: Forge) {
  return { iss: attacker.issuer }
}

function pointers({ attacker }: Forge) {
  return { jku: attacker.issuer, x5u: attacker.issuer, x5c: ['x'], jwk: attacker.key.jwk }
}
