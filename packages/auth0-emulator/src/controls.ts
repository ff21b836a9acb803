import type { JWTHeaderParameters, JWTPayload } from 'jose'
import type { Account } from './accounts.ts'
import { exactOrigins } from './origins.ts'
import type { SeedPerson } from './options.ts'
import type { Tenant } from './tenant.ts'
import { freshPersonClaims, signToken } from './tokens.ts'

export function createControls(tenant: Tenant, people: readonly SeedPerson[], serve: () => void) {
  const { accounts, database, keys, settings } = tenant

  return {
    /** Keys and origins stay: they are the tenant's, not its people's. */
    async reset(): Promise<void> {
      database.exec('DELETE FROM artifacts; DELETE FROM people')
      await accounts.seed(people)
    },

    /** As at Auth0, tokens already issued stay good until they expire. */
    block(email: string): void {
      const { sub } = person(email)
      accounts.setBlocked(person(email), true)
      end(sub, ['Session', 'AuthorizationCode'])
    },

    /** Refresh tokens go only now: until then their refusal says "user is blocked". */
    unblock(email: string): void {
      const { sub } = person(email)
      end(sub, ['RefreshToken', 'AccessToken', 'Grant'])
      accounts.setBlocked(person(email), false)
    },

    async rotateKeys(): Promise<void> {
      await keys.rotate()
      serve()
    },

    revokePreviousKeys(): void {
      keys.revokePrevious()
      serve()
    },

    setWebOrigins(origins: readonly string[]): void {
      tenant.webOrigins = exactOrigins(origins)
      serve()
    },

    async accessTokenFor(email: string, overrides: JWTPayload = {}): Promise<string> {
      const claims = freshPersonClaims(settings, person(email))
      return await signToken(keys, { ...claims, ...overrides })
    },

    async signAccessToken(
      claims: JWTPayload,
      header?: Partial<JWTHeaderParameters>,
    ): Promise<string> {
      return await signToken(keys, claims, header)
    },
  }

  function person(email: string): Account {
    const account = accounts.findByEmail(email)
    if (account) return account
    throw new Error(`Nobody here has the email address ${email}.`)
  }

  function end(sub: string, models: string[]): void {
    const remove = database.prepare('DELETE FROM artifacts WHERE accountId = ? AND model = ?')
    for (const model of models) remove.run(sub, model)
  }
}
