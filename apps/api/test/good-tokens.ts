import { signed, type Issuer } from './issuer.ts'

export const AUDIENCE = 'https://api.conclave.example'
export const CLIENT_ID = 'conclave-web-local'

/** The token of a person who has just signed in, unchanged. */
export function goodToken(issuer: Issuer, sub = 'auth0|grace') {
  const now = Math.floor(Date.now() / 1000)
  return {
    header: { alg: 'RS256', typ: 'JWT', kid: issuer.key.kid } as Record<string, unknown>,
    claims: {
      iss: issuer.issuer,
      sub,
      aud: [AUDIENCE, `${issuer.issuer}userinfo`],
      iat: now,
      exp: now + 300,
      azp: CLIENT_ID,
      scope: 'openid profile email',
    } as Record<string, unknown>,
  }
}

export function signGood(
  issuer: Issuer,
  changes: { header?: Record<string, unknown>; claims?: Record<string, unknown> } = {},
): string {
  const { header, claims } = goodToken(issuer)
  return signed(
    issuer.key.privateKey,
    { ...header, ...changes.header },
    { ...claims, ...changes.claims },
  )
}
