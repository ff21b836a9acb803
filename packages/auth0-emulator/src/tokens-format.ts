import type {
  AccessToken,
  ClientCredentials,
  JWTStructured,
  KoaContextWithOIDC,
} from 'oidc-provider'
import type { Accounts } from './accounts.ts'
import type { Settings } from './options.ts'
import { outwardScope } from './scopes.ts'
import { machineClaims, managementClaims, personClaims } from './access-tokens.ts'

/** oidc-provider writes RFC 9068 tokens (`at+jwt`); Auth0's default dialect predates it. */
export function accessTokenCustomizer(settings: Settings, accounts: Accounts) {
  return (
    _ctx: KoaContextWithOIDC,
    token: AccessToken | ClientCredentials,
    jwt: JWTStructured,
  ): void => {
    const issuedAt = Number(jwt.payload['iat'])
    const expiresAt = Number(jwt.payload['exp'])
    jwt.header = { typ: 'JWT' }

    if (token.kind === 'ClientCredentials') {
      const claims =
        token.clientId === settings.management.clientId ? managementClaims : machineClaims
      jwt.payload = { ...claims(settings, { issuedAt, expiresAt }) }
      return
    }

    const account = accounts.find(token.accountId)
    if (!account) throw new Error(`No account ${token.accountId}.`)
    const scope = outwardScope(token.scope ?? '')
    const sessionId = token.sessionUid
    jwt.payload = { ...personClaims(settings, { account, scope, sessionId, issuedAt, expiresAt }) }
  }
}
