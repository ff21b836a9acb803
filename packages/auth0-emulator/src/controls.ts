import { randomUUID } from 'node:crypto'
import type { JWTHeaderParameters, JWTPayload } from 'jose'
import { removeAccount, revokeAccess, setBlocked } from './account-changes.ts'
import type { Account } from './accounts.ts'
import {
  type ManagementCall,
  type ManagementFault,
  NO_FAULT,
} from './management/management-state.ts'
import { exactOrigins } from './origins.ts'
import type { EventTarget, SeedPerson } from './options.ts'
import type { Tenant } from './tenant.ts'
import { freshPersonClaims, signToken } from './access-tokens.ts'

export function createControls(tenant: Tenant, people: readonly SeedPerson[], serve: () => void) {
  return {
    /** Keys and origins stay: they belong to the tenant, not to its people. */
    async reset(): Promise<void> {
      tenant.events.reset()
      tenant.management.reset()
      tenant.consent.given.clear()
      tenant.denied.clear()
      tenant.database.exec('DELETE FROM artifacts; DELETE FROM people')
      await tenant.accounts.seed(people)
    },
    ...peopleControls(tenant),
    ...settingControls(tenant),
    ...providerControls(tenant, serve),
    ...tokenControls(tenant),
  }
}

function peopleControls(tenant: Tenant) {
  const { accounts, settings } = tenant
  return {
    /** A person who has signed up, without the form. */
    async addPerson({ name, email, password }: SeedPerson): Promise<void> {
      await accounts.create({ name, email, password, emailVerified: settings.signUpsAreVerified })
    },

    /** Many people at once, for load tests; they share one password. */
    async addCrowd(emails: readonly string[]): Promise<void> {
      const password = randomUUID()
      await accounts.seed(emails.map((email) => ({ name: email, email, password })))
    },

    /** As in the dashboard. As at Auth0, tokens already issued stay valid until they expire. */
    block(email: string): void {
      setBlocked(tenant, accountOf(tenant, email), true)
    },

    unblock(email: string): void {
      setBlocked(tenant, accountOf(tenant, email), false)
    },

    /** Ends sessions and refresh tokens; access tokens already issued stay valid until they expire. */
    endSessions(email: string): void {
      const account = accountOf(tenant, email)
      revokeAccess(tenant, account, { sessionId: undefined, preserveRefreshTokens: false })
    },

    /** A Post-Login Action that denies access with this reason; `undefined` removes it. */
    deny(email: string, reason: string | undefined): void {
      const { sub } = accountOf(tenant, email)
      if (reason === undefined) tenant.denied.delete(sub)
      else tenant.denied.set(sub, reason)
    },

    remove(email: string): void {
      removeAccount(tenant, accountOf(tenant, email))
    },
  }
}

function settingControls(tenant: Tenant) {
  return {
    /** The opposite of the API's switch "Allow Skipping User Consent". */
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
  }
}

/** The provider takes these at construction only, so each change creates a new one with `serve`. */
function providerControls(tenant: Tenant, serve: () => void) {
  return {
    async rotateKeys(): Promise<void> {
      await tenant.keys.rotate()
      serve()
    },

    revokePreviousKeys(): void {
      tenant.keys.revokePrevious()
      serve()
    },

    setWebOrigins(origins: readonly string[]): void {
      tenant.webOrigins = exactOrigins(origins)
      serve()
    },
  }
}

function tokenControls(tenant: Tenant) {
  return {
    async accessTokenFor(email: string, overrides: JWTPayload = {}): Promise<string> {
      const claims = freshPersonClaims(tenant.settings, accountOf(tenant, email))
      return await signToken(tenant.keys, { ...claims, ...overrides })
    },

    async signAccessToken(
      claims: JWTPayload,
      header?: Partial<JWTHeaderParameters>,
    ): Promise<string> {
      return await signToken(tenant.keys, claims, header)
    },
  }
}

function accountOf({ accounts }: Tenant, email: string): Account {
  const account = accounts.findByEmail(email)
  if (account) return account
  throw new Error(`Nobody here has the email address ${email}.`)
}
