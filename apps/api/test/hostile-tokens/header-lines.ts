/** Header lines as they are on the wire; the token in them is good. */
export type HeaderLines = (token: string) => string[]

/** One token, in one Authorization line, by the scheme Bearer and one space (RFC 6750 section 2.1). */
export const HEADER_LINES: (readonly [what: string, reason: string, lines: HeaderLines])[] = [
  ['no line', 'no-authorization', () => []],
  ['an empty line', 'scheme', () => ['Authorization:']],
  ['the scheme alone', 'malformed', () => ['Authorization: Bearer']],
  ['no scheme', 'scheme', (token) => [`Authorization: ${token}`]],
  ['Basic', 'scheme', (token) => [`Authorization: Basic ${token}`]],
  ['DPoP', 'scheme', (token) => [`Authorization: DPoP ${token}`]],
  ['a scheme that begins like ours', 'scheme', (token) => [`Authorization: Bearer2 ${token}`]],
  ['a colon after the scheme', 'scheme', (token) => [`Authorization: Bearer: ${token}`]],
  ['two spaces', 'malformed', (token) => [`Authorization: Bearer  ${token}`]],
  ['a tab for the space', 'scheme', (token) => [`Authorization: Bearer\t${token}`]],
  ['no space', 'scheme', (token) => [`Authorization: Bearer${token}`]],
  ['a space no keyboard has', 'scheme', (token) => [`Authorization: Bearer\u00a0${token}`]],
  ['the scheme twice', 'malformed', (token) => [`Authorization: Bearer Bearer ${token}`]],
  ['quotes', 'malformed', (token) => [`Authorization: Bearer "${token}"`]],
  ['a parameter', 'malformed', (token) => [`Authorization: Bearer token=${token}`]],
  ['a parameter after it', 'malformed', (token) => [`Authorization: Bearer ${token}; v=1`]],
  ['two with a comma', 'malformed', (token) => [`Authorization: Bearer ${token},Bearer ${token}`]],
  [
    'two with a comma and a space',
    'malformed',
    (token) => [`Authorization: Bearer ${token}, ${token}`],
  ],
  ['two lines, the same', 'two-authorizations', (token) => [bearer(token), bearer(token)]],
  ['two lines, the first bad', 'two-authorizations', (token) => [bearer('a.b.c'), bearer(token)]],
  ['two lines, the second bad', 'two-authorizations', (token) => [bearer(token), bearer('a.b.c')]],
  [
    'two lines, the second empty',
    'two-authorizations',
    (token) => [bearer(token), 'Authorization:'],
  ],
  [
    'two lines, one in lower case',
    'two-authorizations',
    (token) => [bearer(token), `authorization: Bearer ${token}`],
  ],
  [
    'two lines apart',
    'two-authorizations',
    (token) => [bearer(token), 'X-Between: 1', 'AUTHORIZATION: Basic eDp5'],
  ],
  ['a proxy line', 'no-authorization', (token) => [`Proxy-Authorization: Bearer ${token}`]],
  ['a line with an X', 'no-authorization', (token) => [`X-Authorization: Bearer ${token}`]],
  ['a name with an underscore', 'no-authorization', (token) => [`Authorization_: Bearer ${token}`]],
  [
    'a cookie',
    'no-authorization',
    (token) => [`Cookie: access_token=${token}; Authorization=Bearer ${token}`],
  ],
]

/** What is no HTTP, and is answered before anybody looks for a token. */
export const NO_HTTP: (readonly [what: string, status: number, lines: HeaderLines])[] = [
  ['a line folded before the token', 400, (token) => ['Authorization: Bearer', ` ${token}`]],
  [
    'a line folded within the token',
    400,
    (token) => [`Authorization: Bearer ${token.slice(0, 40)}`, `\t${token.slice(40)}`],
  ],
  ['a NUL', 400, (token) => [`Authorization: Bearer ${token}\0`]],
  ['a bare line feed', 400, (token) => [`Authorization: Bearer ${token}\nX-Next: 1`]],
  ['a bare carriage return', 400, (token) => [`Authorization: Bearer ${token}\rX-Next: 1`]],
  ['a space before the colon', 400, (token) => [`Authorization : Bearer ${token}`]],
  ['a space before the name', 400, (token) => [` Authorization: Bearer ${token}`]],
  ['17 kB', 431, (token) => [`Authorization: Bearer ${token}${'A'.repeat(17_000)}`]],
]

export const HONEST_LINES: (readonly [what: string, lines: HeaderLines])[] = [
  ['one line', (token) => [bearer(token)]],
  ['the name in lower case', (token) => [`authorization: Bearer ${token}`]],
  ['the scheme in lower case', (token) => [`Authorization: bearer ${token}`]],
  ['the scheme in upper case', (token) => [`Authorization: BEARER ${token}`]],
  ['no space after the colon', (token) => [`Authorization:Bearer ${token}`]],
  ['a tab after the colon', (token) => [`Authorization:\tBearer ${token}`]],
  ['spaces at the end', (token) => [`Authorization: Bearer ${token}  `]],
  ['a proxy line beside it', (token) => [bearer(token), 'Proxy-Authorization: Basic eDp5']],
]

export function bearer(token: string): string {
  return `Authorization: Bearer ${token}`
}
