import { jwtVerify } from 'jose'
import type { Context } from '../incoming-request.ts'
import type { Tenant } from '../tenant.ts'
import { ApiError } from './api-error.ts'

/** Refuses requests without a token for this API that has all of these scopes. */
export async function requireScopes(
  tenant: Tenant,
  ctx: Context,
  scopes: readonly string[],
): Promise<void> {
  const token = /^Bearer (.+)$/i.exec(ctx.get('authorization'))?.[1]
  if (!token) throw new ApiError(401, 'Missing authentication')
  const granted = await scopesOf(tenant, token)
  const missing = scopes.filter((scope) => !granted.includes(scope))
  if (missing.length === 0) return
  throw new ApiError(
    403,
    `Insufficient scope, expected any of: ${scopes.join(',')}`,
    'insufficient_scope',
  )
}

async function scopesOf({ keys, settings }: Tenant, token: string): Promise<string[]> {
  try {
    const { payload } = await jwtVerify(token, keys.verifier(), {
      issuer: settings.issuer,
      audience: settings.managementAudience,
      algorithms: ['RS256'],
    })
    const { scope } = payload
    return typeof scope === 'string' ? scope.split(' ') : []
  } catch {
    throw new ApiError(401, 'Invalid token')
  }
}
