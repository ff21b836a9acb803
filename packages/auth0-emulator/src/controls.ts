import { randomUUID } from 'node:crypto'
import type { JWTHeaderParameters, JWTPayload } from 'jose'
import { removeAccount, revokeAccess, setBlocked } from './account-changes.ts'
import type { Account } from './accounts.ts'
import { type ManagementCall, type ManagementFault, NO_FAULT } from './management/state.ts'
import { exactOrigins } from './origins.ts'
import type { EventTarget, SeedPerson } from './options.ts'
import type { Tenant } from './tenant.ts'
import { freshPersonClaims, signToken } from './tokens.ts'

export function createControls(tenant: Tenant, people: readonly SeedPerson[], serve: () => void) {
  const { accounts, database, keys, settings } = tenant

  return {
    /** Keys and origins stay: they are the tenant's, not its people's. */
    async reset(): Promise<void> {
      tenant.events.reset()
      tenant.management.reset()
      tenant.consent.given.clear()
      tenant.denied.clear()
      database.exec('DELETE FROM artifacts; DELETE FROM people')
      await accounts.seed(people)
    },

    /** Somebody who has signed up, without the form. */
    async addPerson({ name, email, password }: SeedPerson): Promise<void> {
      await accounts.create({ name, email, password, emailVerified: settings.signUpsAreVerified })
    },

    /** Many at once, for tests of what many do; they share one password. */
    async addCrowd(emails: readonly string[]): Promise<void> {
      const password = randomUUID()
      await accounts.seed(emails.map((email) => ({ name: email, email, password })))
    },

    /** What somebody does in the dashboard. As at Auth0, tokens already issued stay good until they expire. */
    block(email: string): void {
      setBlocked(tenant, person(email), true)
    },

    /** Everything that somebody could stay signed in by; access tokens already issued stay good until they expire. */
    endSessions(email: string): void {
      revokeAccess(tenant, person(email), { sessionId: undefined, preserveRefreshTokens: false })
    },

    /** A Post-Login Action that denies access in these words, or with `undefined` no longer does. */
    deny(email: string, reason: string | undefined): void {
      const { sub } = person(email)
      if (reason === undefined) tenant.denied.delete(sub)
      else tenant.denied.set(sub, reason)
    },

    unblock(email: string): void {
      setBlocked(tenant, person(email), false)
    },

    remove(email: string): void {
      removeAccount(tenant, person(email))
    },

    /** The switch "Allow Skipping User Consent" of the API, the other way round. */
    askConsent(isAsked: boolean): void {
      tenant.consent.isAsked = isAsked
    },

    setManagementFault(fault: Partial<ManagementFault>): void {
      tenant.management.fault = { ...NO_FAULT, ...fault }
    },

    managementCalls(): readonly ManagementCall[] {
      return tenant.management.calls
    },

    setEvents(target: EventTarget | undefined): void {
      tenant.events.target = target
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
}
