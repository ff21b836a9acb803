import type { Grant, KoaContextWithOIDC } from 'oidc-provider'
import { IDENTITY_SCOPES } from './scopes.ts'
import type { Tenant } from './tenant.ts'

/** The first-party app is never asked for consent: it gets what its person may. */
export async function existingGrant(
  tenant: Tenant,
  ctx: KoaContextWithOIDC,
): Promise<Grant | undefined> {
  const person = tenant.accounts.find(ctx.oidc.account?.accountId ?? '')
  if (!person) return undefined

  const grant = (await storedGrant(ctx, person.sub)) ?? newGrant(ctx, person.sub)
  grant.addOIDCScope(IDENTITY_SCOPES.join(' '))
  const { audience } = tenant.settings
  grant.addResourceScope(audience, [...IDENTITY_SCOPES, ...person.permissions].join(' '))

  // A scope neither granted nor rejected would be a question to the person.
  const others = tenant.accounts
    .permissions()
    .filter((permission) => !person.permissions.includes(permission))
  if (others.length > 0) grant.rejectResourceScope(audience, others.join(' '))

  await grant.save()
  return grant
}

async function storedGrant(ctx: KoaContextWithOIDC, sub: string): Promise<Grant | undefined> {
  const { client, provider, session } = ctx.oidc
  const id = session?.grantIdFor(client?.clientId ?? '')
  const grant = id ? await provider.Grant.find(id) : undefined
  return grant?.accountId === sub ? grant : undefined
}

function newGrant(ctx: KoaContextWithOIDC, sub: string): Grant {
  const clientId = ctx.oidc.client?.clientId ?? ''
  return new ctx.oidc.provider.Grant({ clientId, accountId: sub })
}
