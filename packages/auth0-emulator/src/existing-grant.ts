import { errors, type Grant, type KoaContextWithOIDC } from 'oidc-provider'
import { isConsentMissing } from './consent.ts'
import { IDENTITY_SCOPES } from './scopes.ts'
import type { Tenant } from './tenant.ts'

/** Grants the first-party app everything that the person may do; where consent is required, after they have agreed. */
export async function existingGrant(
  tenant: Tenant,
  ctx: KoaContextWithOIDC,
): Promise<Grant | undefined> {
  const person = tenant.accounts.find(ctx.oidc.account?.accountId ?? '')
  if (!person) return undefined
  if (ctx.oidc.result?.consent) tenant.consent.given.add(person.sub)
  // Without a grant oidc-provider asks for consent.
  if (isConsentMissing(tenant.consent, person.sub)) return missingConsent(ctx)

  const grant = (await storedGrant(ctx, person.sub)) ?? newGrant(ctx, person.sub)
  grant.addOIDCScope(IDENTITY_SCOPES.join(' '))
  const { audience } = tenant.settings
  grant.addResourceScope(audience, [...IDENTITY_SCOPES, ...person.permissions].join(' '))

  // oidc-provider would ask about a scope that is neither granted nor rejected.
  const others = tenant.accounts
    .permissions()
    .filter((permission) => !person.permissions.includes(permission))
  if (others.length > 0) grant.rejectResourceScope(audience, others.join(' '))

  await grant.save()
  return grant
}

/** A silent request is refused in Auth0's words; any other shows the page. */
function missingConsent(ctx: KoaContextWithOIDC): undefined {
  if (ctx.oidc.prompts.has('none')) throw new errors.ConsentRequired('Consent required')
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
