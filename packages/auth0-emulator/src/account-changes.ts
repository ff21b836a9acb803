import type { Account } from './accounts.ts'
import { managedUser } from './management/managed-user.ts'
import type { Tenant } from './tenant.ts'

/** Changes to a person, by the dashboard or the Management API. */
export function setBlocked(tenant: Tenant, account: Account, blocked: boolean): void {
  if (blocked) {
    endArtifacts(tenant, account.sub, ['Session', 'AuthorizationCode'])
  } else {
    // Refresh tokens are removed only now: until then their refusal says "user is blocked".
    endArtifacts(tenant, account.sub, ['RefreshToken', 'AccessToken', 'Grant'])
  }
  tenant.accounts.setBlocked(account, blocked)
  emitChange(tenant, 'user.updated', account.sub)
}

export function removeAccount(tenant: Tenant, account: Account): void {
  endArtifacts(tenant, account.sub, [...LOGINS, 'AccessToken', 'Grant'])
  const last = managedUser(account)
  tenant.accounts.remove(account)
  tenant.events.emit('user.deleted', last)
}

const LOGINS = ['Session', 'AuthorizationCode', 'RefreshToken']

/** Ends every session and refresh token of a person, or those of one session. */
export function revokeAccess(
  { database }: Tenant,
  account: Account,
  scope: { sessionId: string | undefined; preserveRefreshTokens: boolean },
): void {
  const models = scope.preserveRefreshTokens ? ['Session', 'AuthorizationCode'] : LOGINS
  const remove = database.prepare(
    `DELETE FROM artifacts WHERE accountId = ? AND model = ?
     AND (? IS NULL OR uid = ? OR json_extract(payload, '$.sessionUid') = ?)`,
  )
  const id = scope.sessionId ?? null
  for (const model of models) remove.run(account.sub, model, id, id, id)
}

function emitChange(tenant: Tenant, type: string, sub: string): void {
  const account = tenant.accounts.find(sub)
  if (account) tenant.events.emit(type, managedUser(account))
}

function endArtifacts({ database }: Tenant, sub: string, models: string[]): void {
  const remove = database.prepare('DELETE FROM artifacts WHERE accountId = ? AND model = ?')
  for (const model of models) remove.run(sub, model)
}
