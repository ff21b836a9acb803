import { encode } from '../issuer.ts'
import { honest, parts, type HostileToken } from './forge.ts'

/** What is no compact JWS of three parts (RFC 7515 section 3.1), whatever a lenient decoder makes of it. */
export const STRUCTURE: HostileToken[] = [
  ['garbage', 'malformed', () => 'garbage'],
  ['three parts of nothing', 'unverifiable', () => 'a.b.c'],
  ['dots', 'malformed', () => '..'],
  ['one part', 'malformed', parts((header) => header)],
  ['two parts', 'malformed', parts((header, claims) => `${header}.${claims}`)],
  ['four parts', 'malformed', parts((header, claims, end) => `${header}.${claims}.${end}.x`)],
  ['five parts, as if encrypted', 'malformed', parts(encrypted)],
  ['no header', 'malformed', parts((_, claims, end) => `.${claims}.${end}`)],
  ['no claims', 'malformed', parts((header, _, end) => `${header}..${end}`)],
  [
    'claims kept back',
    'malformed',
    parts((_head, _claims, end) => `${encode({ alg: 'RS256', b64: false })}..${end}`),
  ],
  ['padding', 'malformed', parts((header, claims, end) => `${header}.${claims}.${end}==`)],
  ['padding inside', 'malformed', parts((header, claims, end) => `${header}=.${claims}.${end}`)],
  [
    'the other alphabet',
    'malformed',
    parts((header, claims, end) => `${header}.${claims}.+/${end}`),
  ],
  ['a percent sign', 'malformed', (forge) => honest(forge).replace('.', '%2E')],
  ['letters that only look like ours', 'malformed', (forge) => honest(forge).replace('e', 'е')],
  ['quotes', 'malformed', (forge) => `"${honest(forge)}"`],
  ['a token after a token', 'malformed', (forge) => `${honest(forge)} ${honest(forge)}`],
  ['a token and a comma', 'malformed', (forge) => `${honest(forge)},${honest(forge)}`],
  [
    'a letter more in the claims',
    'unverifiable',
    parts((header, claims, end) => `${header}.${claims}x.${end}`),
  ],
  ['9 kB', 'too-long', (forge) => honest(forge) + 'A'.repeat(9_000)],
  [
    'JSON in place of base64',
    'malformed',
    parts((_, claims, end) => `{"alg":"RS256"}.${claims}.${end}`),
  ],
]

function encrypted(header: string, claims: string, signature: string): string {
  return `${encode({ alg: 'RSA-OAEP', enc: 'A256GCM' })}.${header}.${claims}.${signature}.x`
}
