import { randomUUID } from 'node:crypto'
import { importJWK, type JWTHeaderParameters, type JWTPayload, SignJWT } from 'jose'
import type { Account } from './accounts.ts'
import type { Keys } from './keys.ts'
import type { Settings } from './options.ts'

interface PersonToken {
  account: Account
  scope: string
  sessionId: string | undefined
  issuedAt: number
  expiresAt: number
}

/** The default dialect of an API with RBAC on: `access_token_authz`. */
export function personClaims(settings: Settings, token: PersonToken): JWTPayload {
  const openid = token.scope.split(' ').includes('openid')
  return {
    [`${settings.claimsNamespace}sid`]: token.sessionId,
    iss: settings.issuer,
    sub: token.account.sub,
    aud: openid ? [settings.audience, userinfoAudience(settings)] : settings.audience,
    iat: token.issuedAt,
    exp: token.expiresAt,
    scope: token.scope,
    azp: settings.clientId,
    permissions: token.account.permissions,
  }
}

export function machineClaims(
  settings: Settings,
  token: { issuedAt: number; expiresAt: number },
): JWTPayload {
  const { clientId, permissions } = settings.machine
  return {
    iss: settings.issuer,
    sub: `${clientId}@clients`,
    aud: settings.audience,
    iat: token.issuedAt,
    exp: token.expiresAt,
    ...(permissions.length > 0 ? { scope: permissions.join(' ') } : {}),
    gty: 'client-credentials',
    azp: clientId,
    permissions,
  }
}

/** The claims of a token for the Management API: scopes, and no permissions. */
export function managementClaims(
  settings: Settings,
  token: { issuedAt: number; expiresAt: number },
): JWTPayload {
  const { clientId, scopes } = settings.management
  return {
    iss: settings.issuer,
    sub: `${clientId}@clients`,
    aud: settings.managementAudience,
    iat: token.issuedAt,
    exp: token.expiresAt,
    scope: scopes.join(' '),
    gty: 'client-credentials',
    azp: clientId,
  }
}

export function userinfoAudience(settings: Settings): string {
  return `${settings.issuer}userinfo`
}

/** The claims that the web app would have after this person signed in, for tests without a browser. */
export function freshPersonClaims(settings: Settings, account: Account): JWTPayload {
  const issuedAt = Math.floor(Date.now() / 1000)
  return personClaims(settings, {
    account,
    scope: ['openid profile email offline_access', ...account.permissions].join(' '),
    sessionId: randomUUID(),
    issuedAt,
    expiresAt: issuedAt + settings.accessTokenTtlSeconds,
  })
}

export async function signToken(
  keys: Keys,
  claims: JWTPayload,
  header: Partial<JWTHeaderParameters> = {},
): Promise<string> {
  const key = await importJWK(keys.current, 'RS256')
  return await new SignJWT(claims)
    .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: keys.current.kid ?? '', ...header })
    .sign(key)
}
