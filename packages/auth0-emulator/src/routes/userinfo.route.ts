import { jwtVerify } from 'jose'
import type { Context } from '../incoming-request.ts'
import { profileOf } from '../profile.ts'
import type { Tenant } from '../tenant.ts'
import { userinfoAudience } from '../access-tokens.ts'

/** Auth0 accepts API tokens here if /userinfo is in their audience; oidc-provider accepts none with an audience. */
export async function handleUserinfo(
  tenant: Tenant,
  ctx: Context,
  next: () => Promise<void>,
): Promise<void> {
  const token = /^Bearer (.+)$/i.exec(ctx.get('authorization'))?.[1]
  const isJwt = token?.split('.').length === 3
  if (!token || !isJwt) return await next()

  allowOrigin(tenant, ctx)
  const account = await accountBehind(tenant, token)
  if (account) {
    ctx.body = profileOf(account)
    return
  }
  ctx.status = 401
  ctx.set('www-authenticate', 'Bearer error="invalid_token"')
  ctx.body = { error: 'invalid_token', error_description: 'Unauthorized' }
}

async function accountBehind(tenant: Tenant, token: string) {
  const { keys, settings, accounts } = tenant
  try {
    const { payload } = await jwtVerify(token, keys.verifier(), {
      issuer: settings.issuer,
      audience: userinfoAudience(settings),
      algorithms: ['RS256'],
    })
    return accounts.find(payload.sub ?? '')
  } catch {
    return undefined
  }
}

function allowOrigin(tenant: Tenant, ctx: Context): void {
  ctx.vary('Origin')
  const origin = ctx.get('origin')
  if (tenant.webOrigins.includes(origin)) ctx.set('access-control-allow-origin', origin)
}
